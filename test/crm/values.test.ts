import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pageNumber, pageOf } from '../../src/crm/page.ts';
import { dayOrInstantOrNull, dayOrNull, decimalOrNull, instantOrNull, textOrNull } from '../../src/crm/values.ts';

const SETTINGS = { seed: 20_260_302, numRuns: 500 };
const pad = (number: number) => String(number).padStart(2, '0');

test.each([
  ['textOrNull', textOrNull],
  ['instantOrNull', instantOrNull],
  ['dayOrNull', dayOrNull],
  ['dayOrInstantOrNull', dayOrInstantOrNull],
  ['decimalOrNull', decimalOrNull],
])('%s: null, an empty text and nothing at all are null', (_, read) => {
  expect([read(null), read(''), read(undefined)]).toEqual([null, null, null]);
});

test('other texts stay as they are, also those that look like nothing', () => {
  expect(['0', ' ', 'null', '王'].map(textOrNull)).toEqual(['0', ' ', 'null', '王']);
});

test('an instant with any offset is the same instant in UTC', () => {
  const instant = fc.date({ min: new Date('1970-01-02'), max: new Date('2100-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(instant, fc.integer({ min: -12 * 60, max: 14 * 60 }), (date, minutes) => {
      const wall = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, -1);
      const offset = `${minutes < 0 ? '-' : '+'}${pad(Math.trunc(Math.abs(minutes) / 60))}:${pad(Math.abs(minutes) % 60)}`;
      expect(instantOrNull(wall + offset)).toBe(date.toISOString());
      expect(dayOrInstantOrNull(wall + offset)).toBe(date.toISOString());
      expect(dayOrNull(wall + offset)).toBe(wall.slice(0, 10));
    }),
    SETTINGS,
  );
});

test('a day stays a day', () => {
  expect(dayOrInstantOrNull('2026-02-28')).toBe('2026-02-28');
  expect(dayOrNull('2026-02-28')).toBe('2026-02-28');
});

test('a number is written without exponent or grouping and is the same number when read again', () => {
  const money = fc.double({ min: -1e15, max: 1e15, noNaN: true }).filter((value) => Math.abs(value) > 1e-4);
  fc.assert(
    fc.property(fc.oneof(money, fc.integer()), (value) => {
      const text = decimalOrNull(value) ?? '';
      expect(text).toMatch(/^-?\d+(\.\d+)?$/);
      expect(Number(text)).toBe(value);
    }),
    SETTINGS,
  );
});

test('a decimal text keeps every digit, also the zeros at its end', () => {
  expect(decimalOrNull('150000.10')).toBe('150000.10');
  expect(decimalOrNull('12345678901234567890.123456789')).toBe('12345678901234567890.123456789');
  expect(decimalOrNull(0)).toBe('0');
  expect(decimalOrNull(1e-7)).toBe('0.0000001');
});

test('a page holds what could be read and counts what could not', () => {
  const page = pageOf([1, -1, 2, -2], (row) => (row > 0 ? { row } : undefined), '2', 9);
  expect(page).toEqual({ records: [{ row: 1 }, { row: 2 }], unreadable: 2, next: '2', total: 9 });
});

test('pages count from one', () => {
  expect([pageNumber(undefined), pageNumber('2')]).toEqual([1, 2]);
});
