import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { CrmError } from '../../src/crm/errors.ts';
import { recordReader, usable } from '../../src/crm/record.ts';

const account = { id: 'shop-1', vendor: 'acme', region: 'EC', timeZone: 'UTC' };
const wire = z.looseObject({
  id: z.union([z.int(), z.string()]),
  name: z.string(),
  points: z.int().nullish(),
  tags: z.array(z.string()),
});
interface Person {
  readonly name: string;
  readonly points: number | null;
  readonly tags: readonly string[];
  readonly nickname?: string;
}
const read = recordReader<typeof wire, Person, { complete: boolean }>(
  account,
  wire,
  ({ id }) => String(id),
  {
    name: ({ name }) => name,
    points: ({ points }) => points ?? null,
    tags: ({ tags }) => tags,
  },
  { complete: true },
);
const GOOD = { id: 7, name: 'Ana', points: 12, tags: ['VIP'], surprise: { a: 1 } };

function thrownBy(task: () => unknown): CrmError {
  try {
    task();
  } catch (error) {
    if (error instanceof CrmError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

test('a row becomes a record with its keys, its constants and its fields', () => {
  const record = usable(read(GOOD, 1_000));
  expect(record.account).toBe(account);
  expect(record.vendorId).toBe('7');
  expect(record.fetchedAt).toBe(1_000);
  expect(record.complete).toBe(true);
  expect([record.name, record.points, record.tags, record.nickname]).toEqual(['Ana', 12, ['VIP'], undefined]);
});

test("the vendor's own JSON is kept whole, with what we have no field for", () => {
  expect(usable(read(GOOD, 0)).vendorData).toBe(GOOD);
});

test('a field of the wrong type fails when it is read, names the field and the account, and spares the others', () => {
  const record = usable(read({ ...GOOD, points: 'twelve of ana@example.ec' }, 0));
  expect(record.name).toBe('Ana');
  const error = thrownBy(() => record.points);
  expect(error.code).toBe('VENDOR_BAD_RESPONSE');
  expect(error.facts).toMatchObject({ account: 'shop-1', vendor: 'acme' });
  expect(error.message).toContain('"points"');
  expect(error.message).not.toContain('ana@example.ec');
  expect(record.tags).toEqual(['VIP']);
});

test('a field that is missing fails alone, like one of the wrong type', () => {
  const record = usable(read({ id: 7, tags: [] }, 0));
  expect(thrownBy(() => record.name).message).toContain('"name"');
  expect(record.points).toBeNull();
});

test.each([
  ['null', null],
  ['an array', [GOOD]],
  ['a text', 'Ana'],
  ['no id', { name: 'Ana' }],
  ['an id of the wrong type', { ...GOOD, id: { value: 7 } }],
  ['an id that is null', { ...GOOD, id: null }],
  ['an empty id', { ...GOOD, id: '' }],
])('a row that is or has %s cannot be addressed and is no record', (_, row) => {
  expect(read(row, 0)).toBeUndefined();
  expect(thrownBy(() => usable(read(row, 0))).code).toBe('VENDOR_BAD_RESPONSE');
});

test('a field that nobody asks for costs nothing', () => {
  const asked: string[] = [];
  const spied = new Proxy(GOOD, {
    get(target, name, receiver) {
      asked.push(String(name));
      return Reflect.get(target, name, receiver);
    },
  });
  const record = usable(read(spied, 0));
  expect(asked).toEqual(['id']);
  expect(record.name).toBe('Ana');
  expect(asked).toEqual(['id', 'name']);
});

test('one record does not show through another', () => {
  const one = usable(read(GOOD, 1));
  const other = usable(read({ ...GOOD, id: 8, name: 'Luz' }, 2));
  expect([one.vendorId, one.name, one.fetchedAt, other.vendorId, other.name, other.fetchedAt]).toEqual([
    '7',
    'Ana',
    1,
    '8',
    'Luz',
    2,
  ]);
});

test('a row with hostile names changes no other object', () => {
  const row = JSON.parse('{"id":9,"name":"Eva","tags":[],"__proto__":{"polluted":true},"constructor":"x"}') as unknown;
  const record = usable(read(row, 0));
  expect(record.name).toBe('Eva');
  expect('polluted' in {}).toBe(false);
  expect('polluted' in record).toBe(false);
});
