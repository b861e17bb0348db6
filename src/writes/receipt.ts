import type { Customer, CustomerField } from '../crm/customer.ts';
import type { CustomerInput, CustomerInputField, CustomFieldInput, TagRef } from '../crm/customerInput.ts';
import type { WrittenCustomer } from '../crm/customerWrites.ts';
import { type CustomFieldValue, displayValue } from '../crm/customField.ts';
import { CrmError } from '../crm/errors.ts';
import type { Json } from '../crm/json.ts';
import type { ReceiptEntry, ReceiptStatus } from '../crm/writer.ts';
import { givenFields } from './refusals.ts';

// What became of each input field, by comparing it with what the vendor shows. Nothing is called APPLIED on trust.

type Entry = Omit<ReceiptEntry, 'field'>;

/** What is known of a write besides the records that show its result. */
export type KnownOfWrite = Pick<WrittenCustomer, 'before' | 'ignored' | 'atRisk' | 'tagIds'> & {
  /** By vendor id, tags made for this write that bear another name than the one asked for. */
  readonly misnamed?: ReadonlyMap<string, string>;
};

/**
 * @param shown the records that show the state after the write, the most trustworthy first
 * @param path where the input's fields stand
 */
export function receiptOf(
  input: CustomerInput,
  shown: readonly Customer[],
  written: KnownOfWrite,
  path: readonly string[],
): ReceiptEntry[] {
  const entries = givenFields(input).flatMap((field): ReceiptEntry[] => {
    if (field === 'tags') return tagEntries(input.tags ?? [], 'carried', shown, written, [...path, field]);
    if (field === 'customFields') return customFieldEntries(input.customFields ?? [], shown, [...path, field]);
    return [{ field: [...path, field], ...entryOf(field, input[field], shown, written) }];
  });
  const risks = (written.atRisk ?? []).filter((field) => input[field] === undefined);
  return [...entries, ...risks.map((field) => ({ field: [...path, field], status: 'AT_RISK' as const }))];
}

function entryOf(
  field: CustomerInputField,
  asked: unknown,
  shown: readonly Customer[],
  { before, ignored, atRisk }: Pick<WrittenCustomer, 'before' | 'ignored' | 'atRisk'>,
): Entry {
  if (atRisk?.includes(field)) return { status: 'AT_RISK' };
  const stored = storedValue(field, shown);
  if (stored === undefined) return { status: ignored?.includes(field) ? 'IGNORED' : 'UNVERIFIED' };
  if (isStored(asked, stored)) return { status: 'APPLIED' };
  const unchanged = before !== undefined && isStored(storedValue(field, [before]), stored);
  if (unchanged || (isNothing(stored) && !isNothing(asked))) return { status: 'IGNORED' };
  return { status: 'COERCED', stored: asText(stored) };
}

/** What the first record that carries the field shows; undefined where none does. */
function storedValue(field: CustomerInputField, shown: readonly Customer[]): Json | undefined {
  const name = READ_AS[field] ?? (field as CustomerField);
  for (const record of shown) {
    if (!record.readableFields.has(name)) continue;
    const value = valueIn(record, name);
    if (value === undefined) continue;
    if (field !== 'membershipLevelId') return value as Json;
    return value === null ? null : ((value as { readonly level?: string | null }).level ?? null);
  }
  return undefined;
}

/** Input fields that reads show under another name. */
const READ_AS: { readonly [Name in CustomerInputField]?: CustomerField } = { membershipLevelId: 'membership' };

/** Undefined where the vendor's own value breaks its contract: it shows nothing then. */
export function valueIn<Record, Name extends keyof Record>(record: Record, name: Name): Record[Name] | undefined {
  try {
    return record[name];
  } catch (error) {
    if (error instanceof CrmError) return undefined;
    throw error;
  }
}

/** Whether all that was asked for is there: of objects the parts that were given, of lists each member. */
function isStored(asked: unknown, stored: unknown): boolean {
  if (isNothing(asked)) return isNothing(stored);
  if (Array.isArray(asked)) {
    return Array.isArray(stored) && asked.every((each) => stored.some((other) => isStored(each, other)));
  }
  if (typeof asked === 'object' && typeof stored === 'object' && asked !== null && stored !== null) {
    return Object.entries(asked).every(
      ([name, part]) => part === undefined || isStored(part, (stored as Record<string, unknown>)[name]),
    );
  }
  return asked === stored;
}

const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** @param wanted whether the tags were put on or taken off */
export function tagEntries(
  tags: readonly TagRef[],
  wanted: 'carried' | 'gone',
  shown: readonly Customer[],
  { tagIds, misnamed }: Pick<KnownOfWrite, 'tagIds' | 'misnamed'>,
  path: readonly string[],
): ReceiptEntry[] {
  const carried = tagsShown(shown);
  return tags.map((tag, index) => {
    const field = [...path, String(index)];
    if (carried === undefined) return { field, status: 'UNVERIFIED' };
    const id = tagIds?.[index] ?? ('vendorId' in tag ? tag.vendorId : undefined);
    const isCarried = carried.some(({ vendorId, name }) =>
      id === undefined ? 'name' in tag && (name ?? vendorId) === tag.name : vendorId === id,
    );
    const otherName = id === undefined ? undefined : misnamed?.get(id);
    if (isCarried && otherName !== undefined) return { field, status: 'COERCED', stored: otherName };
    return { field, status: isCarried === (wanted === 'carried') ? 'APPLIED' : 'IGNORED' };
  });
}

/** The tags that the first record that shows tags carries. */
export function tagsShown(shown: readonly Customer[]): NonNullable<Customer['tags']> | undefined {
  for (const record of shown) {
    const tags = record.readableFields.has('tags') ? valueIn(record, 'tags') : undefined;
    if (tags !== undefined) return tags ?? [];
  }
  return undefined;
}

function customFieldEntries(
  fields: readonly CustomFieldInput[],
  shown: readonly Customer[],
  path: readonly string[],
): ReceiptEntry[] {
  const record = shown.find(({ readableFields }) => readableFields.has('customFields'));
  const stored = record === undefined ? undefined : valueIn(record, 'customFields');
  return fields.map((asked, index) => {
    const field = [...path, String(index)];
    if (stored === undefined) return { field, status: 'UNVERIFIED' };
    return {
      field,
      ...customFieldEntry(
        asked,
        (stored ?? []).find(({ name }) => name === asked.name),
      ),
    };
  });
}

function customFieldEntry(asked: CustomFieldInput, stored: CustomFieldValue | undefined): Entry {
  const [wanted, held] = [displayValue({ ...asked, definition: null }), stored ? displayValue(stored) : null];
  if (isNothing(wanted) && isNothing(held)) return { status: 'APPLIED' };
  if (isNothing(held)) return { status: 'IGNORED' };
  // A number kept as text is no number any more, even if it looks the same.
  if (wanted === held && (asked.shape === 'TEXT' || stored?.shape !== 'TEXT')) return { status: 'APPLIED' };
  const areNumbers = asked.shape === 'NUMBER' && stored?.shape === 'NUMBER';
  if (areNumbers && shortest(wanted) === shortest(held)) return { status: 'APPLIED' };
  return { status: 'COERCED', stored: held ?? '' };
}

/** 012.50 and 12.5 are one number. */
const shortest = (decimal: string | null): string | undefined =>
  decimal
    ?.replace(/^(-?)0+(?=\d)/, '$1')
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');

/** Whether the receipt proves that the write was carried out: something shows it and nothing speaks against it. */
export function provesWrite(receipt: readonly ReceiptEntry[]): boolean {
  const against: readonly ReceiptStatus[] = ['COERCED', 'IGNORED'];
  return receipt.some(({ status }) => status === 'APPLIED') && !receipt.some(({ status }) => against.includes(status));
}
