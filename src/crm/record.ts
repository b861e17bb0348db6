import type { ZodObject, ZodType, z } from 'zod';
import type { AccountFacts } from './account.ts';
import { CrmError } from './errors.ts';
import type { Freshness } from './freshness.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import { fitsOf } from './shapes.ts';
import { WHOLE_ROW } from './watch.ts';

/**
 * A vendor's row whose fields are checked one by one, when they are read: a field of the wrong type fails alone
 * and only for whoever asked for it, and what nobody asks for costs nothing.
 */
function rowPrototype<Wire extends ZodObject>(wire: Wire, account: AccountFacts): object {
  const prototype = {};
  for (const [key, field] of Object.entries(wire.shape)) {
    const fits = fitsOf(field as ZodType);
    Object.defineProperty(prototype, key, {
      get(this: { raw: JsonObject }) {
        const value = this.raw[key];
        if (fits(value)) return value;
        const parsed = field.safeParse(value);
        if (parsed.success) return parsed.data;
        account.onDrift?.(key);
        throw new CrmError('VENDOR_BAD_RESPONSE', {
          message: `The CRM sent a value in its field "${key}" that is not part of its contract; the other fields are good.`,
          account: account.id,
          vendor: account.vendor,
        });
      },
    });
  }
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

/**
 * Builds the function that turns a vendor's row into a record.
 * It answers undefined for a row that cannot be addressed (not an object, no usable id): such a row is counted, never
 * guessed at. All other fields are read when asked for; a field that breaks the contract throws VENDOR_BAD_RESPONSE.
 *
 * @param constants what is equal for all records of this reader, for example how complete they are
 */
export function recordReader<Wire extends ZodObject, Fields extends object, Constants extends object>(
  account: AccountFacts,
  wire: Wire,
  vendorId: (row: z.output<Wire>) => string,
  fields: FieldReaders<Wire, Fields>,
  constants: Constants,
): ReadRecord<RecordKeys & Fields & Constants> {
  const rows = rowPrototype(wire, account);
  const prototype: object = { account, ...constants };
  for (const [name, read] of Object.entries(fields) as [string, (row: object, account: AccountFacts) => unknown][]) {
    Object.defineProperty(prototype, name, {
      get(this: { row: object }) {
        return read(this.row, account);
      },
    });
  }
  const readVendorId = vendorId as (row: object) => string;
  const unreadable = (): undefined => {
    account.onDrift?.(WHOLE_ROW);
    return undefined;
  };

  return (raw, fetchedAt) => {
    if (!isJsonObject(raw)) return unreadable();
    const row = Object.create(rows);
    row.raw = raw;
    let id: string;
    try {
      id = readVendorId(row);
    } catch (error) {
      if (error instanceof CrmError) return unreadable();
      throw error;
    }
    if (id === '') return unreadable();
    const record = Object.create(prototype);
    record.row = row;
    record.vendorId = id;
    record.vendorData = raw;
    record.fetchedAt = fetchedAt;
    return record;
  };
}

/** A record that was asked for by key and came without a usable id is an answer we do not understand. */
export function usable<Model>(record: Model | undefined): Model {
  if (record === undefined) throw new CrmError('VENDOR_BAD_RESPONSE');
  return record;
}
