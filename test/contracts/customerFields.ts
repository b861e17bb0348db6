import { expect } from '@jest/globals';
import { customerFieldNames } from './selection.ts';
import { customerKeys, entities, type Row, type Subject } from './subject.ts';

/** `vendors { customerFields }` is true: nothing outside it is ever filled, and everything in it sometimes is. */
export async function expectTrueCustomerFields(subject: Subject): Promise<void> {
  const { ask, everybody, selection, onlyInSingleRead = {} } = subject;
  const data = await ask('{ vendors { customerFields } }');
  // Events are a list of their own, which no walk over customers asks for.
  const promised: string[] = data.vendors[0].customerFields.filter((name: string) => name !== 'events');
  expect(await customerFieldNames(ask)).toEqual(expect.arrayContaining(promised));

  const { records } = await entities(subject, 'Customer', customerKeys(subject), selection);
  const filledIn = (rows: readonly Row[]) =>
    new Set(rows.flatMap((row) => Object.keys(row).filter((name) => isFilled(row[name]))));
  const filled = filledIn([...everybody, ...records]);
  const statements = ['accountId', 'completeness', 'id', 'unreadableFields', 'vendorId'];
  expect([...filled].filter((name) => !statements.includes(name)).sort()).toEqual([...promised].sort());

  const inLists = filledIn(everybody);
  expect(promised.filter((name) => everybody.length > 0 && !inLists.has(name)).sort()).toEqual(
    Object.keys(onlyInSingleRead).sort(),
  );
  for (const { unreadableFields } of everybody) {
    expect(unreadableFields).toEqual(expect.arrayContaining(Object.keys(onlyInSingleRead)));
  }
}

const isFilled = (value: unknown): boolean => value !== null && !(Array.isArray(value) && value.length === 0);
