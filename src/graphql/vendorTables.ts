import { type DocumentNode, Kind, type StringValueNode, visit } from 'graphql';
import type { Adapter } from '../crm/adapter.ts';
import { type Capability, capabilitiesOf } from '../crm/capabilities.ts';
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
      type.name.value === 'Query'
        ? { ...type, fields: type.fields?.map((field) => rootField(field, vendors)) }
        : undefined,
    InputObjectTypeDefinition: (input) => {
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

function rootField<
  Field extends { readonly name: { readonly value: string }; readonly description?: StringValueNode | undefined },
>(field: Field, vendors: readonly VendorModel[]): Field {
  const needed = CAPABILITY_BEHIND[field.name.value];
  if (needed === undefined) return field;
  const asked = needed.map((capability) => `${labels(able(vendors, capability))} (${capability})`).join('; ');
  return { ...field, description: appended(field.description, `Asked: ${asked}.`) };
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

function table(
  vendors: readonly VendorModel[],
  heading: string,
  rows: readonly string[],
  holds: (vendor: VendorModel, row: string) => boolean,
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line([heading, ...vendors.map(({ label }) => label)]),
    line(['---', ...vendors.map(() => ':-:')]),
    ...rows.map((row) => line([`\`${row}\``, ...vendors.map((vendor) => (holds(vendor, row) ? 'yes' : ''))])),
  ].join('\n');
}
