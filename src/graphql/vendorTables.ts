import { type DocumentNode, type InputObjectTypeDefinitionNode, Kind, type StringValueNode, visit } from 'graphql';
import type { Adapter } from '../crm/adapter.ts';
import { type Capability, capabilitiesOf } from '../crm/capabilities.ts';
import { CUSTOMER_INPUT_FIELDS } from '../crm/customerInput.ts';
import type { CustomerWriteKind } from '../crm/customerWrites.ts';
import { filledFields, SCHEMA_FIELDS } from './customerFields.ts';
import type { VendorModel } from './models.ts';

// What each vendor can do and which fields each fills, read off the adapters: nobody keeps a second list.

/** Root fields over accounts, and the capability an account needs to take part. */
const CAPABILITY_BEHIND: Readonly<Record<string, readonly Capability[]>> = {
  customer: ['CUSTOMER_READ'],
  customers: ['CUSTOMER_LIST'],
  customerLookup: ['CUSTOMER_LOOKUP_EMAIL', 'CUSTOMER_LOOKUP_PHONE'],
  customerEvents: ['EVENT_LIST'],
  tags: ['TAG_LIST'],
  segment: ['SEGMENT_READ'],
  segments: ['SEGMENT_LIST'],
  customFieldDefinitions: ['CUSTOM_FIELD_DEFINITION_LIST'],
  agents: ['AGENT_LIST'],
  customerCreate: ['CUSTOMER_CREATE'],
  customerUpdate: ['CUSTOMER_UPDATE'],
  customerUpsert: ['CUSTOMER_UPSERT'],
  customersUpsert: ['CUSTOMER_UPSERT'],
  customerDelete: ['CUSTOMER_DELETE'],
  customerTagsAdd: ['CUSTOMER_TAGS_ADD'],
  customerTagsRemove: ['CUSTOMER_TAGS_REMOVE'],
  customerTagsReplace: ['CUSTOMER_TAGS_REPLACE'],
  customerCustomFieldsSet: ['CUSTOMER_CUSTOM_FIELDS_SET'],
  tagCreate: ['TAG_CREATE'],
  segmentCreate: ['SEGMENT_CREATE'],
  segmentCustomersAdd: ['SEGMENT_CUSTOMERS_ADD'],
  segmentCustomersRemove: ['SEGMENT_CUSTOMERS_REMOVE'],
  customerEventRecord: ['CUSTOMER_EVENT_RECORD'],
};

/** The SDL with a last sentence in the descriptions that says which CRMs are behind each field, filter and capability. */
export function withVendorTables(sdl: DocumentNode, vendors: readonly VendorModel[]): DocumentNode {
  return visit(sdl, {
    ObjectTypeDefinition: (type) => {
      if (type.name.value !== 'Customer') return undefined;
      const fields = type.fields?.map((field) => {
        const filling = fillersOf(field.name.value, vendors);
        return filling === undefined
          ? field
          : { ...field, description: appended(field.description, `Filled by: ${filling}.`) };
      });
      return { ...type, fields };
    },
    ObjectTypeExtension: (type) =>
      type.name.value === 'Query' || type.name.value === 'Mutation'
        ? { ...type, fields: type.fields?.map((field) => rootField(field, vendors, type.name.value)) }
        : undefined,
    InputObjectTypeDefinition: (input) => {
      if (input.name.value === 'CustomerInput') return withTakers(input, vendors);
      const honoured = FILTERS[input.name.value];
      if (honoured === undefined) return undefined;
      const fields = input.fields?.map((field) => ({
        ...field,
        description: appended(
          field.description,
          `Honoured by: ${labels(vendors.filter(({ abilities }) => honoured(abilities).includes(field.name.value)))}.`,
        ),
      }));
      return { ...input, fields };
    },
    EnumTypeDefinition: (enumeration) => {
      if (enumeration.name.value !== 'Capability') return undefined;
      const values = enumeration.values?.map((value) => ({
        ...value,
        description: appended(value.description, `${labels(able(vendors, value.name.value))}.`),
      }));
      return { ...enumeration, values };
    },
  });
}

/** Filter inputs and where an adapter says which of their fields it honours. */
const FILTERS: Readonly<Record<string, (adapter: Adapter) => readonly string[]>> = {
  CustomerFilter: ({ customerFilters = [] }) => customerFilters,
  CustomerEventFilter: ({ eventFilters = [] }) => eventFilters,
};

function withTakers(input: InputObjectTypeDefinitionNode, vendors: readonly VendorModel[]) {
  const fields = input.fields?.map((field) => {
    const takers = vendors
      .filter(({ abilities }) => writesTaking(abilities, field.name.value).length > 0)
      .map(
        ({ label, abilities }) => `${label} (${writesTaking(abilities, field.name.value).join(', ').toLowerCase()})`,
      );
    return { ...field, description: appended(field.description, `Taken by: ${takers.join(', ') || 'no CRM yet'}.`) };
  });
  return { ...input, fields };
}

const WRITE_KINDS: readonly CustomerWriteKind[] = ['CREATE', 'UPDATE', 'UPSERT'];

const writesTaking = ({ customerWrites }: Adapter, field: string): readonly CustomerWriteKind[] =>
  WRITE_KINDS.filter((kind) => (customerWrites?.[kind]?.writable as readonly string[] | undefined)?.includes(field));

function rootField<
  Field extends { readonly name: { readonly value: string }; readonly description?: StringValueNode | undefined },
>(field: Field, vendors: readonly VendorModel[], root: string): Field {
  const needed = CAPABILITY_BEHIND[field.name.value];
  if (needed === undefined) return field;
  const asked = needed.map((capability) => `${labels(able(vendors, capability))} (${capability})`).join('; ');
  return {
    ...field,
    description: appended(field.description, `${root === 'Query' ? 'Asked' : 'Works at'}: ${asked}.`),
  };
}

/** Undefined for fields that hold for every CRM, such as keys. */
const fillersOf = (name: string, vendors: readonly VendorModel[]): string | undefined =>
  SCHEMA_FIELDS.includes(name) ? labels(vendors.filter(({ abilities }) => fills(abilities, name))) : undefined;

const fills = (adapter: Adapter, name: string): boolean => filledFields(adapter, adapter.readableFields).includes(name);

const able = (vendors: readonly VendorModel[], capability: string): readonly VendorModel[] =>
  vendors.filter(({ abilities }) => (capabilitiesOf(abilities) as readonly string[]).includes(capability));

const labels = (vendors: readonly VendorModel[]): string =>
  vendors.length === 0 ? 'no CRM yet' : vendors.map(({ label }) => label).join(', ');

const appended = (description: StringValueNode | undefined, sentence: string): StringValueNode => ({
  kind: Kind.STRING,
  value: description === undefined ? sentence : `${description.value}\n\n${sentence}`,
  block: true,
});

/** Capabilities by CRM, as a Markdown table. */
export function capabilityTable(vendors: readonly VendorModel[]): string {
  const everything = new Set(vendors.flatMap(({ abilities }) => capabilitiesOf(abilities)));
  return table(vendors, 'Capability', [...everything].sort(), ({ abilities }, capability) =>
    (capabilitiesOf(abilities) as readonly string[]).includes(capability),
  );
}

/** Customer fields by CRM, as a Markdown table. */
export function customerFieldTable(vendors: readonly VendorModel[]): string {
  const filled = SCHEMA_FIELDS.filter((name) => vendors.some(({ abilities }) => fills(abilities, name)));
  return table(vendors, '`Customer` field', filled, ({ abilities }, name) => fills(abilities, name));
}

/** Fields of `CustomerInput` by CRM, with the writes that take them, as a Markdown table. */
export function customerInputTable(vendors: readonly VendorModel[]): string {
  return table(vendors, '`CustomerInput` field', CUSTOMER_INPUT_FIELDS, ({ abilities }, field) =>
    writesTaking(abilities, field)
      .map((kind) => {
        const { required, clearable } = abilities.customerWrites?.[kind] ?? { required: [], clearable: [] };
        const isRequired = required.some((group) => (group as readonly string[]).includes(field));
        const isClearable = (clearable as readonly string[]).includes(field);
        return `${kind.toLowerCase()}${isRequired ? '\\*' : ''}${isClearable ? ' ∅' : ''}`;
      })
      .join(', '),
  );
}

function table(
  vendors: readonly VendorModel[],
  heading: string,
  rows: readonly string[],
  cell: (vendor: VendorModel, row: string) => string | boolean,
): string {
  const text = (content: string | boolean) => (content === true ? 'yes' : content || '');
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line([heading, ...vendors.map(({ label }) => label)]),
    line(['---', ...vendors.map(() => ':-:')]),
    ...rows.map((row) => line([`\`${row}\``, ...vendors.map((vendor) => text(cell(vendor, row)))])),
  ].join('\n');
}
