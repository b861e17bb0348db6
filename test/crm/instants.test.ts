import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { isUsualDay, isUsualInstant } from '../../src/crm/instants.ts';
import { instantOrNull } from '../../src/crm/values.ts';

// The quick way takes nothing that the calendar does not have, and says the same as `Date`.

const SETTINGS = { seed: 20_261_122, numRuns: 20_000 };
const day = z.iso.date();
const instant = z.iso.datetime({ offset: true });

const digits = (length: number, max: number) =>
  fc.integer({ min: 0, max }).map((number) => String(number).padStart(length, '0'));
const days = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('2024', '2023', '1900', '2000', '0000', '9999', '24', '+02024'),
      digits(2, 13),
      digits(2, 32),
    )
    .map((parts) => parts.join('-')),
  fc.constantFrom('2024-02-29', '2023-02-29', '1900-02-29', '2000-02-29', '2024-2-9', '2024/02/09', '2024-02-0a', ''),
);
const clocks = fc
  .tuple(digits(2, 25), digits(2, 61), digits(2, 61), fc.constantFrom('', '.5', '.123', '.12x', '.123456', ',123', '.'))
  .map(([hour, minute, second, fraction]) => `${hour}:${minute}:${second}${fraction}`);
const zones = fc.constantFrom('Z', 'Z', 'Z', 'z', '', '+00:00', '-05:30', '+0800', 'Z ', ' Z');
const instants = fc.oneof(
  fc.tuple(days, fc.constantFrom('T', 'T', 'T', 't', ' '), clocks, zones).map((parts) => parts.join('')),
  fc
    .date({ min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  fc.constantFrom('2024-01-01T24:00:00Z', '2024-01-01T23:59:60Z', '2024-02-29T00:00:00Z', '2024-01-01T09:30Z'),
);
/** Texts that are nearly right. */
const bent = fc
  .tuple(instants, fc.nat(25), fc.string({ maxLength: 2 }))
  .map(([text, at, part]) => text.slice(0, at) + part + text.slice(at + part.length));

test('what is taken for a day is one', () => {
  fc.assert(
    fc.property(fc.oneof(days, bent, fc.string()), (text) => !isUsualDay(text) || day.safeParse(text).success),
    SETTINGS,
  );
  expect(['2024-02-28', '2024-12-31', '2024-04-30'].every(isUsualDay)).toBe(true);
  expect(['2024-04-31', '2024-13-01', '2024-00-10', '2024-01-00', '2024-01-01T'].some(isUsualDay)).toBe(false);
});

test('what is taken for an instant is one, and becomes what a date makes of it', () => {
  fc.assert(
    fc.property(fc.oneof(instants, bent, fc.string()), (text) => {
      if (!isUsualInstant(text)) return;
      expect(instant.safeParse(text).success).toBe(true);
      expect(instantOrNull(text)).toBe(new Date(text).toISOString());
    }),
    SETTINGS,
  );
  expect(['2024-02-28T09:30:00Z', '2024-02-28T23:59:59.999Z'].every(isUsualInstant)).toBe(true);
});
