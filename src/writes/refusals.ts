import type { Call } from '../crm/call.ts';
import type { Capability } from '../crm/capabilities.ts';
import type { Account } from '../crm/connectedAccount.ts';
import type {
  CustomerIdentity,
  CustomerInput,
  CustomerInputField,
  CustomerTarget,
  CustomFieldInput,
} from '../crm/customerInput.ts';
import type { CustomerWriteKind } from '../crm/customerWrites.ts';
import type { CustomFieldDefinition, CustomFieldType } from '../crm/customField.ts';
import type { CrmError } from '../crm/errors.ts';
import { cannot, wrong } from './writeErrors.ts';

// What is refused before the vendor is asked. Everything that is wrong is told at once.

/** The input's fields that this account cannot take, cannot clear or misses. */
export function inputRefusals(
  { adapter }: Account,
  kind: CustomerWriteKind,
  capability: Capability,
  input: CustomerInput,
): CrmError[] {
  const taken = adapter.customerWrites?.[kind];
  if (taken === undefined) return [];
  const refusals: CrmError[] = [];
  for (const field of givenFields(input)) {
    if (!taken.writable.includes(field)) {
      refusals.push(cannot(capability, `"${field}" cannot be written at this CRM; leave it out.`, field));
    } else if (isEmpty(input[field]) && !isDelta(field) && !taken.clearable.includes(field)) {
      refusals.push(cannot(capability, `"${field}" cannot be cleared at this CRM; leave it out.`, field));
    }
  }
  for (const group of taken.required) {
    const [first] = group;
    if (first === undefined || group.some((field) => !isEmpty(input[field]))) continue;
    const names = group.map((field) => `"${field}"`).join(' or ');
    refusals.push(wrong(first, `This CRM needs ${names} for every new customer; give it.`));
  }
  if (kind === 'UPDATE' && givenFields(input).every((field) => isDelta(field) && isEmpty(input[field]))) {
    refusals.push(wrong('', 'The input names no field to change; give at least one.'));
  }
  return refusals;
}

/** In a new customer there is nothing to clear: null and empty texts are as good as left out. */
export const withoutEmpty = (input: CustomerInput): CustomerInput =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => !isEmpty(value)));

/** What the vendor must be told about the customer and nobody told. */
export function identityRefusals({ adapter }: Account, target: CustomerTarget, input: CustomerInput = {}): CrmError[] {
  const needed = adapter.customerWrites?.identity ?? [];
  return needed
    .filter((name) => isEmpty(target.identity[name]) && isEmpty(input[name]))
    .map((name) => wrong(`identity.${name}`, `This CRM needs "${name}" on every write and has no read; give it.`));
}

/** A natural key is part of the identity already. */
export function knownIdentity({ adapter }: Account, id: string, identity: CustomerIdentity): CustomerIdentity {
  return adapter.naturalKeys && id.includes('@') ? { email: id, ...identity } : identity;
}

/**
 * Custom fields that do not exist or are of another kind, where the account tells which there are: vendors drop such
 * values without a word. Costs the reads that this takes.
 */
export async function customFieldRefusals(
  { adapter }: Account,
  fields: readonly CustomFieldInput[] | undefined,
  call: Call,
): Promise<CrmError[]> {
  if (fields === undefined || fields.length === 0 || adapter.customFieldDefinitions === undefined) return [];
  const definitions = new Map((await adapter.customFieldDefinitions(call)).map((each) => [each.name, each]));
  // An account that shows none may still have some: they are read off its records.
  if (definitions.size === 0) return [];
  return fields.flatMap((field, index) => refusalOf(field, `customFields.${index}`, definitions.get(field.name)));
}

function refusalOf(field: CustomFieldInput, path: string, definition: CustomFieldDefinition | undefined): CrmError[] {
  if (definition === undefined) {
    return [wrong(`${path}.name`, 'The account has no custom field of this name; see customFieldDefinitions.')];
  }
  const kinds = TAKES[definition.type];
  if (kinds.length === 0) {
    return [wrong(`${path}.name`, 'The CRM counts this custom field up itself; leave it out.')];
  }
  if (kinds.includes(field.shape)) return [];
  return [wrong(path, `This custom field is of the type ${definition.type}; give it as ${kinds.join(' or ')}.`)];
}

const ANY = ['TEXT', 'NUMBER', 'BOOLEAN', 'DATE', 'LIST'] as const;

/** Kinds of values that a field of each type can hold. */
const TAKES: Readonly<Record<CustomFieldType, readonly CustomFieldInput['shape'][]>> = {
  TEXT: ['TEXT', 'NUMBER', 'BOOLEAN', 'DATE'],
  TEXT_AREA: ['TEXT', 'NUMBER', 'BOOLEAN', 'DATE'],
  NUMBER: ['NUMBER'],
  BOOLEAN: ['BOOLEAN'],
  DATE: ['DATE'],
  LIST: ['LIST', 'TEXT'],
  CHECKBOXES: ['LIST', 'TEXT'],
  DROPDOWN: ['LIST', 'TEXT'],
  AUTO_INCREMENT: [],
  UNKNOWN: ANY,
};

export const givenFields = (input: CustomerInput): readonly CustomerInputField[] =>
  (Object.keys(input) as CustomerInputField[]).filter((field) => input[field] !== undefined);

/** Lists of changes: an empty one changes nothing and clears nothing. */
const isDelta = (field: CustomerInputField): boolean => field === 'tags' || field === 'customFields';

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
