import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEnvironment, startFlags } from '../../soak/startOptions.ts';
import { HEIDIANER, MERCATELY } from '../mapping.ts';
import { HEIDIANER_TOKEN, MERCATELY_KEY } from '../vendorAnswers.ts';
import type { Contender } from './contender.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const NODE_COMPILE_CACHE = join(ROOT, 'node_modules', '.cache', 'crm-federation');

/** An entry of ACCOUNTS_FILE without the address, which is the upstream's. */
export interface AccountEntry {
  readonly id: string;
  readonly vendor: string;
  readonly tenant?: string;
  readonly credentials: Readonly<Record<string, { readonly env: string }>>;
}

/** Somebody in CALLERS_FILE. */
export interface CallerEntry {
  readonly id: string;
  readonly tenant: string;
  readonly key: string;
}

export interface GraphSetup {
  readonly accounts: readonly AccountEntry[];
  /** Undefined: nobody has to say who he is. */
  readonly callers?: readonly CallerEntry[];
  readonly environment?: Readonly<Record<string, string>>;
}

export const heidianerAccount = (id: string): AccountEntry => ({
  id,
  vendor: HEIDIANER,
  credentials: { accessToken: { env: 'HEIDIANER_TOKEN' } },
});

/** One account at each of the two CRMs. */
export const BOTH_ACCOUNTS: readonly AccountEntry[] = [
  heidianerAccount(HEIDIANER),
  { id: MERCATELY, vendor: MERCATELY, credentials: { apiKey: { env: 'MERCATELY_KEY' } } },
];

/** This product as `npm start` starts it, with what the set-up says. */
export const graphWith = (
  name: string,
  what: string,
  { accounts, callers, environment = {} }: GraphSetup,
): Contender => ({
  name,
  what,
  command: [...startFlags, join(ROOT, 'src', 'main.ts')],
  environment(upstream, folder) {
    const accountsFile = join(folder, 'accounts.json');
    const entries = accounts.map((entry) => ({ ...entry, baseUrl: upstream }));
    writeFileSync(accountsFile, JSON.stringify({ accounts: entries }));
    return {
      ...startEnvironment,
      // As the command does.
      NODE_COMPILE_CACHE,
      PORT: '0',
      ACCOUNTS_FILE: accountsFile,
      STORE_FILE: ':memory:',
      HEIDIANER_TOKEN,
      MERCATELY_KEY,
      ...(callers === undefined ? {} : { AUTH_MODE: 'keys', CALLERS_FILE: callersFile(callers, folder) }),
      ...environment,
    };
  },
  path: () => '/graphql',
  body: ({ query }) => ({ query }),
});

function callersFile(callers: readonly CallerEntry[], folder: string): string {
  const file = join(folder, 'callers.json');
  const entries = callers.map(({ id, tenant, key }) => ({
    id,
    tenant,
    scopes: ['customers:read'],
    keys: [`sha256:${createHash('sha256').update(key).digest('hex')}`],
  }));
  writeFileSync(file, JSON.stringify({ callers: entries }));
  return file;
}
