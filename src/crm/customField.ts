import type { AccountFacts } from './account.ts';

export type CustomFieldType =
  | 'TEXT'
  | 'TEXT_AREA'
  | 'NUMBER'
  | 'BOOLEAN'
  | 'DATE'
  | 'LIST'
  | 'CHECKBOXES'
  | 'DROPDOWN'
  | 'AUTO_INCREMENT'
  /** The vendor does not say. */
  | 'UNKNOWN';

/** A field a company added to its customers. */
export interface CustomFieldDefinition {
  readonly account: AccountFacts;
  /** The vendor's id of the definition, null where it has none. */
  readonly vendorId: string | null;
  /** What writes take. */
  readonly name: string;
  readonly type: CustomFieldType;
}

/** A customer's value; exactly one of the typed shapes, chosen by what the vendor's data type says. */
export type CustomFieldValue = { readonly name: string; readonly definition: CustomFieldDefinition | null } & (
  | { readonly shape: 'TEXT'; readonly text: string | null }
  | { readonly shape: 'NUMBER'; readonly number: string | null }
  | { readonly shape: 'BOOLEAN'; readonly boolean: boolean | null }
  /** ISO 8601: a day or an instant, as precise as the vendor is. */
  | { readonly shape: 'DATE'; readonly date: string | null }
  | { readonly shape: 'LIST'; readonly list: readonly string[] }
);

/** The value as text for people, null where the field is empty. */
export function displayValue(field: CustomFieldValue): string | null {
  switch (field.shape) {
    case 'TEXT':
      return field.text;
    case 'NUMBER':
      return field.number;
    case 'BOOLEAN':
      return field.boolean === null ? null : String(field.boolean);
    case 'DATE':
      return field.date;
    case 'LIST':
      return field.list.length === 0 ? null : field.list.join(', ');
  }
}
