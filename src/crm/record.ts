import type { ZodObject, ZodType, z } from 'zod';
import type { AccountFacts } from './account.ts';
import { CrmError } from './errors.ts';
import type { Freshness } from './freshness.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import { fitsOf } from './shapes.ts';
import { WHOLE_ROW } from './watch.ts';

// Not under names: a CRM may have fields of any.
const RAW = Symbol('raw');
const ACCOUNT = Symbol('account');

/** A row as its prototype sees it. */
interface Row {
  readonly [RAW]: JsonObject;
  readonly [ACCOUNT]: AccountFacts;
}

// Records of one kind have one prototype, whosever accounts they are of: V8 knows only a few shapes at each place of a
// program well, and a prototype of each account's own would make every record of the hundredth account one too many.
const rowPrototypes = new WeakMap<ZodObject, object>();
const recordPrototypes = new WeakMap<object, WeakMap<object, object>>();

/**
 * A vendor's row whose fields are checked one by one, when they are read: a field of the wrong type fails alone
 * and only for whoever asked for it, and what nobody asks for costs nothing.
 */
function rowPrototype(wire: ZodObject): object {
  const known = rowPrototypes.get(wire);
  if (known !== undefined) return known;
  const prototype = {};
  for (const [key, field] of Object.entries(wire.shape)) {
    const fits = fitsOf(field as ZodType);
    Object.defineProperty(prototype, key, {
      get(this: Row) {
        const value = this[RAW][key];
        if (fits(value)) return value;
        const parsed = field.safeParse(value);
        if (parsed.success) return parsed.data;
        const account = this[ACCOUNT];
        account.onDrift?.(key);
        throw new CrmError('VENDOR_BAD_RESPONSE', {
          message: `The CRM sent a value in its field "${key}" that is not part of its contract; the other fields are good.`,
          account: account.id,
          vendor: account.vendor,
        });
      },
    });
  }
  rowPrototypes.set(wire, prototype);
  return prototype;
}

type ReadField = (row: object, account: AccountFacts) => unknown;

function recordPrototype(fields: object, constants: object): object {
  const ofFields = recordPrototypes.get(fields) ?? new WeakMap<object, object>();
  recordPrototypes.set(fields, ofFields);
  const known = ofFields.get(constants);
  if (known !== undefined) return known;
  const prototype = { ...constants };
  for (const [name, read] of Object.entries(fields) as [string, ReadField][]) {
    Object.defineProperty(prototype, name, {
      get(this: { readonly account: AccountFacts; readonly row: object }) {
        return read(this.row, this.account);
      },
    });
  }
  ofFields.set(constants, prototype);
  return prototype;
}

/** What every record has besides the fields its reader fills. */
export interface RecordKeys {
  readonly account: AccountFacts;
  /** The id by which the vendor's own calls address the record. */
  readonly vendorId: string;
  /** The vendor's own JSON. */
  readonly vendorData: JsonObject;
  /** When the vendor was asked, milliseconds since the epoch. */
  readonly fetchedAt: number;
  /** Absent: LIVE. */
  readonly freshness?: Freshness | undefined;
}

/** How one vendor's row becomes our fields: one pure function per field. A missing function says "not carried". */
export type FieldReaders<Wire extends ZodObject, Fields> = {
  readonly [Name in keyof Fields]?: (row: z.output<Wire>, account: AccountFacts) => Fields[Name];
};

export type ReadRecord<Model> = (raw: unknown, fetchedAt: number) => Model | undefined;

/** A record whose fields are read off its row when they are asked for. Whoever makes it adds its keys. */
export type FromRow<Wire extends ZodObject, Fields> = Fields & {
  readonly account: AccountFacts;
  readonly row: z.output<Wire>;
};

/**
 * Builds the function that puts fields on a vendor's row. A field that breaks the contract throws VENDOR_BAD_RESPONSE, each
 * time that it is asked for.
 *
 * @param fields the same object for all accounts, as far as it can be
 * @param constants what is equal for all records of this reader, for example how complete they are; the same for all
 *   accounts, too
 */
export function fieldsOnRows<Wire extends ZodObject, Fields extends object, Constants extends object>(
  account: AccountFacts,
  wire: Wire,
  fields: FieldReaders<Wire, Fields>,
  constants: Constants,
): (raw: JsonObject) => FromRow<Wire, Fields & Constants> {
  const rows = rowPrototype(wire);
  const prototype = recordPrototype(fields, constants);
  return (raw) => {
    const row = Object.create(rows);
    row[RAW] = raw;
    row[ACCOUNT] = account;
    const record = Object.create(prototype);
    record.account = account;
    record.row = row;
    return record;
  };
}

/**
 * What becomes of a vendor's row; undefined, which is counted, for one that is no object, and where `read` says so or comes
 * upon a field that breaks the contract.
 */
export function readRow<Record>(
  account: AccountFacts,
  raw: unknown,
  read: (raw: JsonObject) => Record | undefined,
): Record | undefined {
  let record: Record | undefined;
  try {
    if (isJsonObject(raw)) record = read(raw);
  } catch (error) {
    if (!(error instanceof CrmError)) throw error;
  }
  if (record === undefined) account.onDrift?.(WHOLE_ROW);
  return record;
}

/**
 * Builds the function that turns a vendor's row into a record.
 * It answers undefined for a row that cannot be addressed (not an object, no usable id): such a row is counted, never
 * guessed at. All other fields are read when asked for.
 */
export function recordReader<Wire extends ZodObject, Fields extends object, Constants extends object>(
  account: AccountFacts,
  wire: Wire,
  vendorId: (row: z.output<Wire>) => string,
  fields: FieldReaders<Wire, Fields>,
  constants: Constants,
): ReadRecord<RecordKeys & Fields & Constants> {
  const onRow = fieldsOnRows(account, wire, fields, constants);
  return (raw, fetchedAt) =>
    readRow(account, raw, (vendorData) => {
      const record = onRow(vendorData);
      const id = vendorId(record.row);
      if (id === '') return undefined;
      const keys: { -readonly [Name in keyof RecordKeys]?: RecordKeys[Name] } = record;
      keys.vendorId = id;
      keys.vendorData = vendorData;
      keys.fetchedAt = fetchedAt;
      return record as typeof record & RecordKeys;
    });
}

/** A record that was asked for by key and came without a usable id is an answer we do not understand. */
export function usable<Model>(record: Model | undefined): Model {
  if (record === undefined) throw new CrmError('VENDOR_BAD_RESPONSE');
  return record;
}
