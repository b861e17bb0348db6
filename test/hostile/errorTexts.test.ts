import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Graph, startGraph } from '../support/graph.ts';

// Errors of the GraphQL language itself. They say what is wrong where, and never with which value: a mistyped argument
// may well be somebody's address.

const SECRET = 'ana.ruiz@example.ec';
const WORDS = 'Ana Ruiz" at "x.y"; Expected type "Date".';
/** What is left of either after quoting. */
const LEAKED = /ana|ruiz|example\.ec/i;

let graph: Graph;
beforeAll(async () => {
  graph = await startGraph({ customers: 3 });
});
afterAll(() => graph.stop());

const CREATE = 'mutation ($x: CustomerCreateInput!) { customerCreate(input: $x) { outcome } }';
const LOOKUP = '{ customerLookup(by: { phone: "1" }, accounts: VALUE) { matches { id } } }';
const create = (customer: unknown) => ({ x: { accountId: 'mercately', customer } });

async function saidOf(query: string, variables: Record<string, unknown> = {}): Promise<readonly string[]> {
  const { errors = [] } = await graph.ask(query, variables);
  return errors.map(({ message }) => message);
}

describe('of a variable', () => {
  test.each<[string, unknown, string]>([
    [
      'an object for a text',
      { x: SECRET },
      'Variable "$x" got an invalid value; Expected type "CustomerCreateInput" to be an object.',
    ],
    [
      'a list for a text',
      create({ email: [SECRET] }),
      'Variable "$x" got an invalid value at "x.customer.email"; String cannot represent a non string value.',
    ],
    [
      'a text for a number',
      create({ leadScore: WORDS }),
      'Variable "$x" got an invalid value at "x.customer.leadScore"; Float cannot represent non numeric value.',
    ],
    [
      'a text for a list of objects',
      create({ addresses: [{ line1: 'a' }, WORDS] }),
      'Variable "$x" got an invalid value at "x.customer.addresses[1]"; Expected type "PostalAddressInput" to be an object.',
    ],
    [
      'a text that is no value of an enum',
      create({ gender: WORDS }),
      'Variable "$x" got an invalid value at "x.customer.gender"; The value is none of "Gender".',
    ],
    [
      'an object for an enum',
      create({ gender: { [SECRET]: 1 } }),
      'Variable "$x" got an invalid value at "x.customer.gender"; Enum "Gender" cannot represent non-string value.',
    ],
    [
      'no day',
      create({ birthday: SECRET }),
      'Variable "$x" got an invalid value at "x.customer.birthday"; Date must look like 2026-11-21.',
    ],
    [
      'an object for an id',
      { x: { accountId: { SECRET }, customer: {} } },
      'Variable "$x" got an invalid value at "x.accountId"; ID cannot represent value.',
    ],
    [
      'a field that there is not',
      create({ emial: SECRET }),
      'Variable "$x" got an invalid value at "x.customer"; Field "emial" is not defined by type "CustomerInput". Did you mean "email"?',
    ],
    [
      'a field whose name is none',
      create({ [SECRET]: 1 }),
      'Variable "$x" got an invalid value at "x.customer"; A field is not defined by type "CustomerInput".',
    ],
    [
      'a missing field beside others',
      { x: { customer: { email: SECRET } } },
      'Variable "$x" got an invalid value; Field "accountId" of required type "ID!" was not provided.',
    ],
    [
      'a long text',
      create(SECRET.repeat(2_000)),
      'Variable "$x" got an invalid value at "x.customer"; Expected type "CustomerInput" to be an object.',
    ],
  ])('%s', async (_what, variables, sentence) => {
    const said = await saidOf(CREATE, variables as Record<string, unknown>);
    expect(said).toContain(sentence);
    expect(said.join()).not.toMatch(LEAKED);
  });
});

describe('of a literal', () => {
  test.each([
    [LOOKUP.replace('VALUE', `[["${SECRET}"]]`), 'ID cannot represent a non-string and non-integer value.'],
    [`{ customerLookup(by: "${SECRET}") { matches { id } } }`, 'Expected value of type "CustomerLookupBy!".'],
    [`{ customers(first: "${SECRET}") { nodes { id } } }`, 'Int cannot represent non-integer value.'],
    ['{ customers(first: 593991234567) { nodes { id } } }', 'Int cannot represent non 32-bit signed integer value.'],
    [`{ customers(filter: "${SECRET}") { nodes { id } } }`, 'Expected value of type "CustomerFilter".'],
    ['{ customers(filter: { text: Ana }) { nodes { id } } }', 'String cannot represent a non string value.'],
    [
      'mutation { customerCreate(input: { accountId: "m", customer: { gender: Ana } }) { outcome } }',
      'The value is none of "Gender".',
    ],
    [
      `mutation { customerCreate(input: { accountId: "m", customer: { gender: "${SECRET}" } }) { outcome } }`,
      'Enum "Gender" cannot represent non-enum value.',
    ],
    [
      `mutation { customerCreate(input: { accountId: "m", customer: { birthday: "${SECRET}" } }) { outcome } }`,
      'Date must look like 2026-11-21.',
    ],
    [`{ customers "${SECRET}" }`, 'Syntax Error: Expected Name, found String.'],
    [`{ customers """${SECRET}""" }`, 'Syntax Error: Expected Name, found BlockString.'],
    ['{ customers(first: 1 0593991234567) }', 'Syntax Error: Invalid number, unexpected digit after 0: "5".'],
    ['{ customers 593991234567 }', 'Syntax Error: Expected Name, found Int.'],
  ])('%s', async (query, sentence) => {
    const said = await saidOf(query);
    expect(said).toContain(sentence);
    expect(said.join()).not.toMatch(LEAKED);
    expect(said.join()).not.toContain('593991234567');
  });
});

test.each([
  [SECRET, 'Unknown operation.'],
  ['Another', 'Unknown operation named "Another".'],
])('of the operation meant: %s', async (operationName, sentence) => {
  const response = await fetch(graph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: 'query One { __typename }', operationName }),
  });
  const { errors } = (await response.json()) as { errors: { message: string }[] };
  expect(errors.map(({ message }) => message)).toEqual([sentence]);
});
