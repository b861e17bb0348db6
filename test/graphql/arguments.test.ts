import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildSchema, type FieldNode, getArgumentValues, type OperationDefinitionNode, parse } from 'graphql';
import { argumentReader } from '../../src/graphql/selection.ts';

// A field's arguments are what graphql-js would make of them, error for error.

const schema = buildSchema(`
  input Filter { text: String, most: Int = 3 }
  type Query { a(id: ID!, first: Int = 20, size: Int! = 5, ids: [ID!], filter: Filter, is: Boolean): Int }
`);
const definition = schema.getQueryType()?.getFields().a;
if (definition === undefined) throw new Error('the schema has no such field');

const NAMES = ['id', 'first', 'size', 'ids', 'filter', 'is'];
const LITERALS = ['null', '7', '"seven"', 'true', '[1, "b"]', '{ text: "a" }', '{ text: $a, most: 1 }', '[$b]'];
const literal = fc.constantFrom(...LITERALS, '$a', '$b', '$c', '$constructor');
const given = fc.uniqueArray(fc.tuple(fc.constantFrom(...NAMES), literal), { selector: ([name]) => name });
const values = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom<unknown>(null, 'text', 7, ['x'], true));

const outcome = (read: () => object): unknown => {
  try {
    return { ...read() };
  } catch (error) {
    return String(error);
  }
};

test('arguments are those of graphql-js', () => {
  fc.assert(
    fc.property(given, fc.array(values, { minLength: 1, maxLength: 3 }), (entries, operations) => {
      const list = entries.map(([name, value]) => `${name}: ${value}`).join(', ');
      const { selectionSet } = parse(`{ a${list && `(${list})`} }`).definitions[0] as OperationDefinitionNode;
      const node = selectionSet.selections[0] as FieldNode;
      const read = argumentReader(definition, node);
      for (const variables of operations) {
        expect(outcome(() => read(variables))).toEqual(outcome(() => getArgumentValues(definition, node, variables)));
      }
    }),
    { seed: 20_260_101, numRuns: 3_000 },
  );
});
