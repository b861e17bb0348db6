import type { Account } from '../crm/connectedAccount.ts';
import type { RecordType } from '../crm/globalIds.ts';

/** What an operation may ask of each account at most, with equal questions counted once. */
export interface Bill {
  add(account: Account, calls: number): void;
  /** The same, but only the first time that this question is asked of the account: what is asked, and about what. */
  once(account: Account, question: readonly [what: string, about: string | object], calls: number): void;
  /** A record that is read by its key, together with all others of its type. */
  key(account: Account, type: RecordType, vendorId: string): void;
  /** How many different records of each type are read by key. */
  keys(): Iterable<{ readonly account: Account; readonly type: RecordType; readonly distinct: number }>;
  /** By account id; accounts that cost nothing are left out. */
  readonly totals: ReadonlyMap<string, number>;
}

export function createBill(): Bill {
  const totals = new Map<string, number>();
  const asked = new Map<string, Set<string | object>>();
  const wanted = new Map<string, { account: Account; type: RecordType; ids: Set<string> }>();

  function add(account: Account, calls: number): void {
    if (calls > 0) totals.set(account.id, (totals.get(account.id) ?? 0) + calls);
  }

  return {
    totals,
    add,
    once(account, [what, about], calls) {
      const name = `${what} ${account.id}`;
      const known = asked.get(name) ?? new Set();
      asked.set(name, known);
      if (known.has(about)) return;
      known.add(about);
      add(account, calls);
    },
    key(account, type, vendorId) {
      const name = JSON.stringify([type, account.id]);
      const entry = wanted.get(name) ?? { account, type, ids: new Set<string>() };
      wanted.set(name, entry);
      entry.ids.add(vendorId);
    },
    *keys() {
      for (const { account, type, ids } of wanted.values()) yield { account, type, distinct: ids.size };
    },
  };
}
