import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildSchema, getVariableValues, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { coercionFor } from '../../src/graphql/variables.ts';

// Variables are what graphql-js would make of them, whatever is declared and whatever comes.

const schema = buildSchema(
  'type Query { a: Int } enum Kind { ONE TWO } input Filter { text: String! = "x", most: Int, inner: Filter } scalar Date',
);
const NAMED = ['ID', 'String', 'Int', 'Boolean', 'Float', 'Kind', 'Filter', 'Date', 'Query', 'Unknown'];
/** Mostly what may be taken as it is, so that some operations have nothing else. */
const named = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...NAMED.slice(0, 4)) }, fc.constantFrom(...NAMED));
const typeName = fc
  .tuple(named, fc.constantFrom('', '!'), fc.constantFrom('T', 'T', 'T', '[T]', '[T]!', '[[T]!]'))
  .map(([name, mark, shape]) => shape.replace('T', name + mark));

const DEFAULTS = [
  '',
  '',
  '',
  '= null',
  '= 7',
  '= "seven"',
  '= true',
  '= [1]',
  '= ["a", null]',
  '= ONE',
  '= { most: 1 }',
];
const VALUES = [null, 'text', '', '7', 7, -0, 7.5, 2 ** 31, -(2 ** 31), Number.NaN, true, false, {}, { text: 'a' }];
const single = fc.oneof(fc.constantFrom<unknown>(...VALUES, 'ONE'), fc.string(), fc.integer());
const value = fc.oneof({ weight: 3, arbitrary: single }, fc.array(single, { maxLength: 3 }), fc.array(fc.string()));

const NAMES = ['a', 'b', 'constructor', '__proto__', 'toString'];
const variable = fc.record({
  name: fc.constantFrom(...NAMES),
  type: typeName,
  byDefault: fc.constantFrom(...DEFAULTS),
});
const operations = fc.uniqueArray(variable, { maxLength: 3, selector: ({ name }) => name });
const given = fc.array(fc.tuple(fc.constantFrom(...NAMES, 'undeclared'), value), { maxLength: 4 });

test('coerced variables are those of graphql-js', () => {
  fc.assert(
    fc.property(operations, given, (declared, entries) => {
      const list = declared.map(({ name, type, byDefault }) => `$${name}: ${type} ${byDefault}`).join(', ');
      const operation = parse(`query ${list === '' ? '' : `(${list})`} { a }`)
        .definitions[0] as OperationDefinitionNode;
      expect(operation.kind).toBe(Kind.OPERATION_DEFINITION);
      // As JSON brings them.
      const variables = JSON.parse(`{${entries.map(([name, each]) => `"${name}":${JSON.stringify(each)}`).join()}}`);
      const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables, { maxErrors: 1 });
      const ours = coercionFor(schema, operation)(variables);
      expect(ours === undefined).toBe(coerced === undefined);
      if (ours === undefined || coerced === undefined) return;
      // With all names, and in the same order.
      expect(Object.entries(ours)).toEqual(Object.entries(coerced));
      expect(Object.getPrototypeOf(ours)).toBe(Object.getPrototypeOf(coerced));
    }),
    { seed: 20_260_101, numRuns: 3_000 },
  );
});
