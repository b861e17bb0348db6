import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { people } from '../../src/emulation/people.ts';
import { phones } from '../../src/phones/phones.ts';

test('however somebody typed a phone of the country, it is one number', () => {
  for (const { phoneAsTyped, country, callingCode, nationalNumber } of people(300)) {
    expect([phoneAsTyped, phones.toE164(phoneAsTyped, country)]).toEqual([
      phoneAsTyped,
      `+${callingCode}${nationalNumber}`,
    ]);
  }
});

test('a country code wins over the region of the account', () => {
  expect(phones.toE164('+84 36 300 0007', 'EC')).toBe('+84363000007');
});

test.each(['', 'no phone', '123', '+', '+999999999999999999', '0'.repeat(65), '\ud800'])(
  'the text %j can be no number',
  (text) => {
    expect(phones.toE164(text, 'VN')).toBeNull();
  },
);

test('a region that does not exist leaves only numbers with a country code', () => {
  expect(phones.toE164('0363000007', 'XX')).toBeNull();
  expect(phones.toE164('+84363000007', 'XX')).toBe('+84363000007');
});

test('any text is a number in E.164, or none', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[+\d ().x-]{0,30}$/));
  fc.assert(
    fc.property(text, fc.constantFrom('VN', 'CN', 'EC', 'XX', ''), (text, region) => {
      const number = phones.toE164(text, region);
      if (number !== null) expect(number).toMatch(/^\+[1-9]\d{1,16}$/);
    }),
    { seed: 20_260_303, numRuns: 1_000 },
  );
});
