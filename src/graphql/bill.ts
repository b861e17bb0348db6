import type { Account } from '../crm/connectedAccount.ts';
import type { RecordType } from '../crm/globalIds.ts';

/** What an operation may ask of each account at most, with equal questions counted once. */
export interface Bill {
  add(account: Account, calls: number): void;
  /** The same, but only the first time that this question is asked of the account: what is asked, and about what. */
  once(account: Account, what: string, about: string | object, calls: number): void;
  /** A record that is read by its key, together with all others of its type. */
  key(account: Account, type: RecordType, vendorId: string): void;
  /** How many different records of each type are read by key. */
  keys(): readonly WantedKeys[];
  /** By account id; accounts that cost nothing are left out. */
  readonly totals: ReadonlyMap<string, number>;
}

/** Different records of one type that are read by key. */
export interface WantedKeys {
  readonly account: Account;
  readonly type: RecordType;
  readonly vendorIds: ReadonlySet<string>;
}

export function createBill(): Bill {
  const totals = new Map<string, number>();
  const asked = new Map<string, Map<string | object, Set<Account>>>();
  const wanted = new Map<RecordType, Map<Account, Set<string>>>();
  const inOrder: WantedKeys[] = [];

  function add(account: Account, calls: number): void {
    if (calls > 0) totals.set(account.id, (totals.get(account.id) ?? 0) + calls);
  }

  return {
    totals,
    add,
    once(account, what, about, calls) {
      const questions = within(asked, what, newMap<string | object, Set<Account>>);
      const accounts = within(questions, about, newSet<Account>);
      if (accounts.has(account)) return;
      accounts.add(account);
      add(account, calls);
    },
    key(account, type, vendorId) {
      const ofType = within(wanted, type, newMap<Account, Set<string>>);
      let vendorIds = ofType.get(account);
      if (vendorIds === undefined) {
        vendorIds = new Set();
        ofType.set(account, vendorIds);
        inOrder.push({ account, type, vendorIds });
      }
      vendorIds.add(vendorId);
    },
    keys: () => inOrder,
  };
}

const newMap = <Key, Value>(): Map<Key, Value> => new Map();
const newSet = <Value>(): Set<Value> => new Set();

/** What stands there, or is put there now. */
function within<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
