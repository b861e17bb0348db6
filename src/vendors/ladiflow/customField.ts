import type { AccountFacts } from '../../crm/account.ts';
import type { CustomFieldType, CustomFieldValue } from '../../crm/customField.ts';
import { checked } from '../../crm/shapes.ts';
import { dayOrInstantOrNull, decimalOrNull, textOrNull } from '../../crm/values.ts';
import { dayOrInstant, wireCustomField } from './wire.ts';

const CUSTOM_FIELD_TYPES: ReadonlyMap<string, CustomFieldType> = new Map([
  ['TEXT_INPUT', 'TEXT'],
  ['TEXT_AREA', 'TEXT_AREA'],
  ['NUMBER', 'NUMBER'],
  ['DATE', 'DATE'],
  ['BOOLEAN', 'BOOLEAN'],
  ['AUTO_INCREMENT', 'AUTO_INCREMENT'],
  ['LIST', 'LIST'],
  ['CHECK_BOX', 'CHECKBOXES'],
  ['DROPDOWN', 'DROPDOWN'],
]);
/** No filled BOOLEAN is shown in the contract: these are the plausible spellings. */
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/**
 * The contract's reader recipe. A value that does not fit its type is shown as text rather than lost; an entry that
 * breaks the contract (no name) is left out alone.
 */
export function customField(account: AccountFacts, raw: unknown): readonly CustomFieldValue[] {
  const parsed = checked(wireCustomField, raw);
  if (!parsed.success) return [];
  const { name, custom_field_id, data_type, value, values, value_number } = parsed.data;
  const type = CUSTOM_FIELD_TYPES.get(data_type ?? '') ?? 'UNKNOWN';
  const vendorId = textOrNull(custom_field_id);
  // Values outlive their definitions, and some never had one: those entries have no id.
  const field = { name, definition: vendorId === null ? null : { account, vendorId, name, type } };
  // A NUMBER is in `value` in show and in `value_number` in lists (quirk 14).
  const single = contentOf(value_number) ?? contentOf(value);
  // CHECK_BOX values hold null in show and "null" in lists (quirk 15).
  const list = (Array.isArray(values) ? values : [single])
    .map(contentOf)
    .filter((item) => item !== null && item !== 'null')
    .map(asText);

  switch (type) {
    case 'NUMBER':
    case 'AUTO_INCREMENT':
      if (single === null || isDecimal(single)) return [{ ...field, shape: 'NUMBER', number: decimalOrNull(single) }];
      break;
    case 'BOOLEAN': {
      const boolean = single === null ? null : BOOLEANS.get(asText(single));
      if (boolean !== undefined) return [{ ...field, shape: 'BOOLEAN', boolean }];
      break;
    }
    case 'DATE': {
      const date = dayOrInstant.nullable().safeParse(single);
      if (date.success) return [{ ...field, shape: 'DATE', date: dayOrInstantOrNull(date.data) }];
      break;
    }
    case 'LIST':
    case 'CHECKBOXES':
    case 'DROPDOWN':
      return [{ ...field, shape: 'LIST', list }];
    case 'UNKNOWN':
      if (single === null && list.length > 0) return [{ ...field, shape: 'LIST', list }];
  }
  return [{ ...field, shape: 'TEXT', text: single === null ? null : asText(single) }];
}

/** Empty text is no value, whatever the type. */
const contentOf = (value: unknown): unknown => (value === undefined || value === '' ? null : value);

const isDecimal = (value: unknown): value is number | string =>
  typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value));

const asText = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
