import type { Capability } from '../crm/capabilities.ts';
import type { Account } from '../crm/connectedAccount.ts';
import { CrmError, ERROR_CATALOGUE } from '../crm/errors.ts';
import type { RecordType } from '../crm/globalIds.ts';
import type { WriteCommand, WriteError, WriteOrder, WriteResult } from '../crm/writer.ts';
import type { Context } from './context.ts';
import { badInput } from './errors.ts';
import type { CustomerIdentityInput, Verify } from './generated.ts';
import { given } from './given.ts';
import { type Address, addressOf, decodeId } from './keys.ts';
import { checkedText } from './writeInput.ts';

const LONGEST_KEY = 255;

/** A result and the account it is about, which is unknown where the input names none. */
export type WriteModel = WriteResult & { readonly account: Account | undefined };

/** What became of a batch; `errors` kept all of it from being tried. */
export interface BatchModel {
  readonly errors: readonly WriteError[];
  readonly results: readonly BatchResultModel[];
}
export type BatchResultModel = WriteModel & { readonly index: number };

export interface WriteInput {
  readonly dryRun?: boolean | null;
  readonly idempotencyKey?: string | null;
  readonly verify?: Verify | null;
}

/** What a mutation makes of its input; throws BAD_USER_INPUT or NOT_FOUND with the field it is about. */
export interface Prepared {
  readonly account: Account;
  readonly command: WriteCommand;
}

/** Performs one mutation. What is wrong with its input is data in the answer, like everything a vendor refuses. */
export async function performWrite(
  context: Context,
  mutation: string,
  capability: Capability,
  input: WriteInput,
  inputPath: readonly string[],
  prepare: () => Prepared,
  item?: number,
): Promise<WriteModel> {
  let order: WriteOrder;
  let command: WriteCommand;
  try {
    const prepared = prepare();
    command = prepared.command;
    order = { ...orderOf(context, prepared.account, mutation, capability, input, inputPath), item };
  } catch (error) {
    return refusal(error);
  }
  const result = await context.writer.perform(command, order);
  // Whatever was read before may have been changed.
  context.loaders.forget();
  return { ...result, account: order.account };
}

/** Throws BAD_USER_INPUT for an idempotency key that is none. */
export function orderOf(
  context: Context,
  account: Account,
  mutation: string,
  capability: Capability,
  input: WriteInput,
  inputPath: readonly string[],
): WriteOrder {
  const { dryRun, idempotencyKey, ...rest } = input;
  if (typeof idempotencyKey === 'string' && (idempotencyKey === '' || idempotencyKey.length > LONGEST_KEY)) {
    throw badInput('idempotencyKey', `"idempotencyKey" must have 1 to ${LONGEST_KEY} characters; correct it.`);
  }
  return {
    account,
    caller: context.caller,
    mutation,
    capability,
    inputPath,
    fingerprint: JSON.stringify(rest, inOrder),
    idempotencyKey: idempotencyKey ?? undefined,
    dryRun: dryRun === true,
    verifyAlways: input.verify === 'ALWAYS',
    call: context.calls.callFor(account),
  };
}

/** Two inputs with the same fields are the same input, in whatever order these were given. */
const inOrder = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;

/** A refusal of the input as data; everything else is thrown. */
export function refusal(error: unknown): WriteModel {
  if (!(error instanceof CrmError)) throw error;
  const { code, message, facts } = error;
  const { retryable } = ERROR_CATALOGUE[code];
  const plain: WriteError = { code, message, retryable, ...(facts.field ? { field: facts.field.split('.') } : {}) };
  return { account: undefined, outcome: 'NOT_EXECUTED', errors: [plain], receipt: [], requests: [] };
}

/** The account of that id, among the caller's own. */
export function accountNamed(context: Context, id: string): Account {
  const account = context.ownAccounts.get(id);
  if (account !== undefined) return account;
  throw notFound('accountId', 'You have no account of this id; "accounts { id }" lists yours.');
}

/** Where the record of that global id is. */
export function recordNamed(context: Context, type: RecordType, field: string, id: string): Address {
  const decoded = decodeId(context, field, id);
  if (decoded.type !== type) throw badInput(field, `"${field}" must be the id of a ${type}; correct it.`);
  const address = addressOf(context, decoded.account, decoded.vendorId);
  if (address === undefined) throw notFound(field, `You have no ${type} of this id; check it.`);
  return address;
}

/** The customer to write to, with what the caller says of who it is. */
export function targetNamed(
  context: Context,
  { id, identity }: { readonly id: string; readonly identity?: CustomerIdentityInput | null },
  field = 'id',
) {
  const { account, vendorId } = recordNamed(context, 'Customer', field, id);
  const checked = Object.entries(given(identity ?? {})).map(([name, text]) => [
    name,
    checkedText(`identity.${name}`, text as string),
  ]);
  return { account, target: { id: vendorId, identity: Object.fromEntries(checked) } };
}

const notFound = (field: string, message: string): CrmError =>
  new CrmError('NOT_FOUND', { executed: 'no', field, message });
