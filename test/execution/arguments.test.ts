import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildSchema, type FieldNode, type GraphQLField, getArgumentValues, parse } from 'graphql';
import { argumentReader } from '../../src/execution/arguments.ts';

// Arguments that are read once or looked up are those of graphql-js, with its objections.

const schema = buildSchema(`
  input Filter { text: String = "all", tags: [ID!] }
  type Query {
    field(id: ID!, first: Int = 10, after: String, ids: [ID!], size: Int! = 5, filter: Filter): String
    bare: String
  }
`);
const definition = (name: string) => schema.getQueryType()?.getFields()[name] as GraphQLField<unknown, unknown>;

function nodeOf(text: string): FieldNode {
  const [operation] = parse(`{ ${text} }`).definitions;
  if (operation?.kind !== 'OperationDefinition') throw new Error('no operation');
  return operation.selectionSet.selections[0] as FieldNode;
}

const VALUES = {
  id: ['"c1"', '7', '$v', '$w', 'null', 'wrong'],
  first: ['3', '$v', 'null', '"three"'],
  after: ['"x"', '$v', '$w', 'null'],
  ids: ['["a"]', '[$v]', '$v', '"a"', '[null]'],
  size: ['9', '$v', '$w', 'null'],
  filter: ['{ tags: ["a"] }', '{ text: $v }', '$w', '{}'],
} as const;

const given = fc.record(
  Object.fromEntries(Object.entries(VALUES).map(([name, values]) => [name, fc.constantFrom(...values)])),
  { requiredKeys: [] },
);
const value = fc.constantFrom(null, undefined, 'x', 7, ['a'], { text: 'b' });
const variables = fc.record({ v: value, w: value, constructor: value }, { requiredKeys: [] });

function outcome(read: () => unknown): unknown {
  try {
    return { values: read() };
  } catch (error) {
    return { says: String(error) };
  }
}

test('arguments are those of graphql-js, whatever is given', () => {
  fc.assert(
    fc.property(given, fc.array(variables, { minLength: 1, maxLength: 3 }), (args, asked) => {
      const text = Object.entries(args).map(([name, written]) => `${name}: ${written}`);
      const node = nodeOf(text.length === 0 ? 'field' : `field(${text.join(', ')})`);
      const read = argumentReader(definition('field'), node);
      for (const each of asked)
        expect(outcome(() => read(each))).toEqual(outcome(() => getArgumentValues(definition('field'), node, each)));
    }),
    { seed: 20_261_122, numRuns: 3_000 },
  );
});

test('a variable that was not given is none, also where every object has something of its name', () => {
  const read = argumentReader(definition('field'), nodeOf('field(id: 1, after: $constructor)'));
  expect(read({})).toEqual({ id: '1', first: 10, size: 5 });
});

test('constants are read once, and what has no arguments has none', () => {
  const read = argumentReader(definition('field'), nodeOf('field(id: "c1")'));
  expect(read({})).toBe(read({ v: 1 }));
  expect(argumentReader(definition('bare'), nodeOf('bare'))({})).toEqual({});
});
