import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  buildClientSchema,
  getIntrospectionQuery,
  getNamedType,
  Kind,
  type OperationDefinitionNode,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { type Example, readExamples } from '../../src/explorer/examples.ts';
import { type Answer, dataOf, type Graph, startGraph } from '../support/graph.ts';
import { CLAIMS } from './claims.ts';

const EXAMPLES = readExamples().flatMap(({ examples }) => examples);

let graph: Graph;
beforeAll(async () => {
  // As many as the demo has.
  graph = await startGraph({ customers: 500 });
});
afterAll(() => graph.stop());

const run = ({ document, variables }: Example): Promise<Answer & { extensions?: { crm: { calls: never } } }> =>
  graph.ask(document, variables === '' ? {} : JSON.parse(variables));

const exampleOf = (id: string): Example => {
  const found = EXAMPLES.find((example) => example.id === id);
  if (found === undefined) throw new Error(`there is no example "${id}"`);
  return found;
};

test('there are at least 40, each with a title, a sentence and a claim of its own', () => {
  expect(EXAMPLES.length).toBeGreaterThanOrEqual(40);
  expect(EXAMPLES.map(({ id }) => id).sort()).toEqual(Object.keys(CLAIMS).sort());
  expect(new Set(EXAMPLES.map(({ title }) => title)).size).toBe(EXAMPLES.length);
  for (const { title, sentence } of EXAMPLES) {
    expect(title).toMatch(/^[A-Z].{2,40}[^.]$/);
    expect(sentence).toMatch(/^[A-Z{].{10,130}\.$/);
  }
});

test.each(EXAMPLES)('$id works in the demo as it is, and does what it says', async (example) => {
  const { data, errors, extensions } = await run(example);
  expect(errors).toBeUndefined();
  CLAIMS[example.id]?.(data, extensions?.crm.calls ?? { predicted: -1, made: -1 });
});

test.each(['write/create-a-customer', 'write/make-a-segment', 'write/delete-a-customer'])(
  '%s can be run again: it answers the same and writes nothing',
  async (id) => {
    const example = exampleOf(id);
    const first = await run(example);
    const before = graph.audits.length;
    expect((await run(example)).data).toEqual(first.data);
    expect(graph.audits).toHaveLength(before);
  },
);

test('with a CRM down the example about that shows whose records are missing, and all others', async () => {
  const stop = graph.emulator('ladiflow').fault({ kind: 'status', status: 503 });
  const { data, errors } = await run(exampleOf('when-a-crm-fails/whose-records-are-missing'));
  stop();
  expect(errors).toBeUndefined();
  expect(data.customers.nodes).toHaveLength(10);
  expect(data.customers.sources).toContainEqual(
    expect.objectContaining({ account: { label: 'LadiFlow (demo)' }, state: 'UNAVAILABLE', records: 0 }),
  );
});

describe('together they show', () => {
  test('each of the five types, each query and each mutation', async () => {
    const schema = buildClientSchema(await dataOf(graph.ask(getIntrospectionQuery())));
    const seen = new Set<string>();
    for (const { document } of EXAMPLES) {
      const types = new TypeInfo(schema);
      const note = () => {
        const parent = types.getParentType()?.name;
        const field = types.getFieldDef()?.name;
        const type = getNamedType(types.getType())?.name;
        for (const name of [`${parent}.${field}`, parent, type]) if (name !== undefined) seen.add(name);
      };
      visit(parse(document), visitWithTypeInfo(types, { Field: note }));
    }
    const rootFields = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
      Object.keys(type?.getFields() ?? {}).map((field) => `${type?.name}.${field}`),
    );
    expect(rootFields.length).toBeGreaterThan(25);
    const five = ['Customer', 'Tag', 'Segment', 'CustomField', 'CustomerEvent'];
    expect([...rootFields, ...five].filter((name) => !seen.has(name))).toEqual([]);
  });

  test('which of them write, and which only would', () => {
    for (const { id, kind, document } of EXAMPLES) {
      const operation = parse(document).definitions.find(
        (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
      );
      const dryRuns = new Set<boolean>();
      for (const field of operation?.selectionSet.selections ?? []) {
        let isDryRun = false;
        visit(field, {
          ObjectField({ name, value }) {
            if (name.value === 'dryRun' && value.kind === Kind.BOOLEAN) isDryRun = value.value;
          },
        });
        dryRuns.add(isDryRun);
      }
      const expected = operation?.operation === 'query' ? 'read' : dryRuns.has(false) ? 'write' : 'dryRun';
      expect([id, kind]).toEqual([id, expected]);
    }
  });
});
