import { expect, test } from '@jest/globals';
import { parse, visit } from 'graphql';
import { readSchema } from '../../src/app.ts';
import { capabilitiesOf } from '../../src/crm/capabilities.ts';
import { CUSTOMER_FIELDS } from '../../src/crm/customer.ts';
import { ERROR_CATALOGUE } from '../../src/crm/errors.ts';

const document = parse(readSchema());

test('every type, field, argument, input field and enum value has a description', () => {
  const bare: string[] = [];
  const check = (node: { description?: unknown; name?: { value: string }; kind: string }) => {
    if (node.description === undefined) bare.push(`${node.kind} ${node.name?.value}`);
  };
  visit(document, {
    ScalarTypeDefinition: check,
    ObjectTypeDefinition: (node) => (node.name.value === 'Query' ? undefined : check(node)),
    InterfaceTypeDefinition: check,
    EnumTypeDefinition: check,
    InputObjectTypeDefinition: check,
    FieldDefinition: check,
    InputValueDefinition: check,
    EnumValueDefinition: check,
  });
  expect(bare).toEqual([]);
});

function enumValues(name: string): string[] {
  const values: string[] = [];
  visit(document, {
    EnumTypeDefinition(node) {
      if (node.name.value === name) values.push(...(node.values ?? []).map((value) => value.name.value));
    },
  });
  return values;
}

test('the error codes of the schema are those of the catalogue', () => {
  expect(enumValues('ErrorCode').sort()).toEqual(Object.keys(ERROR_CATALOGUE).sort());
});

test('the source states of the schema are those that errors map to, and the four that are no error', () => {
  const states = new Set(Object.values(ERROR_CATALOGUE).map(({ source }) => source));
  expect(enumValues('SourceState').sort()).toEqual(
    [...new Set([...states, 'OK', 'STALE', 'UNSUPPORTED', 'SKIPPED'])].sort(),
  );
});

test('the capabilities of the schema are those that can be read off an adapter', () => {
  const everything = {
    readableFields: { has: () => true },
    customerWrites: { UPDATE: { writable: ['customFields'] } },
  };
  const able = new Proxy(everything, { get: (target, name) => Reflect.get(target, name) ?? (() => {}) });
  expect(enumValues('Capability').sort()).toEqual([...capabilitiesOf(able as never)].sort());
});

test('every customer field of ours is a field of the schema', () => {
  const fields: string[] = [];
  visit(document, {
    ObjectTypeDefinition(node) {
      if (node.name.value === 'Customer') fields.push(...(node.fields ?? []).map((field) => field.name.value));
    },
  });
  for (const name of CUSTOMER_FIELDS) expect(fields).toContain(name === 'ownerId' ? 'owner' : name);
});
