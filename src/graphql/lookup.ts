import type { Account } from '../crm/connectedAccount.ts';
import { sourceStateOf } from '../crm/errors.ts';
import type { Context } from './context.ts';
import { asCrmError, badInput } from './errors.ts';
import type { CustomerLookupBy } from './generated.ts';
import { given } from './given.ts';
import { addressOf } from './keys.ts';
import { chosenAccounts } from './listArguments.ts';
import { type CustomerModel, notAsked, type SourceModel } from './models.ts';

const LONGEST_KEY = 256;

type Find = () => Promise<CustomerModel | null>;

/** Asks every account that can look customers up by the given key, all at once. */
export async function lookUpCustomers(
  context: Context,
  by: CustomerLookupBy,
  accounts: readonly string[] | null | undefined,
): Promise<{ matches: CustomerModel[]; sources: SourceModel[] }> {
  const chosen = new Set(chosenAccounts(context, accounts));
  const [entry] = Object.entries(given(by)) as ['email' | 'phone' | 'vendorId', string][];
  if (entry === undefined) throw badInput('by', '"by" takes exactly one of email, phone and vendorId; give one.');
  const [kind, value] = entry;
  const key = value.trim();
  if (key.length === 0 || key.length > LONGEST_KEY) {
    throw badInput(`by.${kind}`, `"by.${kind}" must have 1 to ${LONGEST_KEY} characters; correct it.`);
  }
  if (kind === 'email' && !key.includes('@'))
    throw badInput('by.email', '"by.email" must be an e-mail address; correct it.');
  if (kind === 'phone' && key.replace(/\D/g, '').length < 5) {
    throw badInput('by.phone', '"by.phone" must be a phone number of at least five digits; correct it.');
  }
  const parts = await Promise.all(
    [...context.ownAccounts.values()].map(async (account) => {
      const find = chosen.has(account) ? finder(context, account, kind, key) : 'SKIPPED';
      return typeof find === 'string'
        ? { match: null, source: notAsked(account, find) }
        : askOne(context, account, find);
    }),
  );
  return {
    matches: parts.map(({ match }) => match).filter((match) => match !== null),
    sources: parts.map(({ source }) => source),
  };
}

function finder(
  context: Context,
  account: Account,
  kind: 'email' | 'phone' | 'vendorId',
  key: string,
): Find | 'UNSUPPORTED' {
  const { adapter } = account;
  if (kind === 'email')
    return adapter.customerByEmail === undefined ? 'UNSUPPORTED' : () => context.loaders.customerByEmail(account, key);
  if (kind === 'phone')
    return adapter.customerByPhone === undefined ? 'UNSUPPORTED' : () => context.loaders.customerByPhone(account, key);
  if (adapter.customerById === undefined) return 'UNSUPPORTED';
  const address = addressOf(context, account.id, key);
  return async () => (address === undefined ? null : context.loaders.customer(account, address.vendorId));
}

async function askOne(context: Context, account: Account, find: Find) {
  const startedAt = context.clock.now();
  const part = (): Pick<SourceModel, 'account' | 'milliseconds' | 'queuedMilliseconds' | 'unreadable'> => ({
    account,
    milliseconds: context.clock.now() - startedAt,
    queuedMilliseconds: context.calls.usage(account).queued - before.queued,
    unreadable: 0,
  });
  const before = { ...context.calls.usage(account) };
  const calls = () => context.calls.usage(account).calls - before.calls;
  try {
    const match = await find();
    return {
      match,
      source: {
        ...part(),
        state: match?.freshness === 'STALE' ? ('STALE' as const) : ('OK' as const),
        calls: calls(),
        records: match === null ? 0 : 1,
        fetchedAt: match?.fetchedAt ?? null,
        error: null,
      },
    };
  } catch (thrown) {
    const error = asCrmError(context, thrown).at(account);
    return {
      match: null,
      source: { ...part(), state: sourceStateOf(error), calls: calls(), records: 0, fetchedAt: null, error },
    };
  }
}
