import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { JsonReader } from '../../src/http/json.ts';

const SEED = 20_261_121;

/** Reads a text whose bytes come in pieces of these lengths, and then the rest. */
async function parsed(text: string, lengths: readonly number[] = []): Promise<unknown> {
  const reader = new JsonReader();
  let bytes = Buffer.from(text);
  for (const length of lengths) {
    reader.watch(bytes.subarray(0, length), false);
    bytes = bytes.subarray(length);
  }
  reader.watch(bytes, lengths.length === 0);
  return reader.parse(text);
}

/** Without integers that JSON.parse rounds. */
const json = fc.json({ maxDepth: 5 }).filter((text) => !/\d{16}/.test(text));
const lengths = fc.array(fc.integer({ min: 1, max: 9 }));

test('JSON is read as JSON.parse reads it, in whatever pieces it comes', async () => {
  await fc.assert(
    fc.asyncProperty(json, lengths, async (text, given) => {
      expect(await parsed(text, given)).toEqual(JSON.parse(text));
    }),
    { seed: SEED, numRuns: 500 },
  );
});

test('large integers and halves of pairs are repaired, in whatever pieces they come', async () => {
  const piece = fc.constantFrom('\\ud83d', '\\uDE00', '\\\\', '\\"', '12345678901234567', '王', '[', ',');
  const text = fc.array(piece).map((pieces) => pieces.join(''));
  const integer = fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n });
  await fc.assert(
    fc.asyncProperty(text, text, integer, lengths, async (key, value, large, given) => {
      const exact = Number.isSafeInteger(Number(large)) ? Number(large) : String(large);
      expect(await parsed(`{"-${key}":["${value}", ${large} ,-0.1234567890123456,1e-300]}`, given)).toEqual({
        [`-${JSON.parse(`"${key}"`).toWellFormed()}`]: [
          JSON.parse(`"${value}"`).toWellFormed(),
          exact,
          -0.1234567890123456,
          1e-300,
        ],
      });
    }),
    { seed: SEED, numRuns: 500 },
  );
});

test('a key named __proto__ stays a key, repaired or not', async () => {
  const value = await parsed('{"__proto__":{"polluted":"\\ud800"}}');
  expect(Object.keys(value as object)).toEqual(['__proto__']);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
});

test('numbers longer than any id are not read', async () => {
  expect(await parsed(`[${'7'.repeat(64)}]`)).toEqual(['7'.repeat(64)]);
  expect(() => new JsonReader().watch(Buffer.from('7'.repeat(65)), true)).toThrow('too long a number');
});

test('a whole text is read as it is in pieces, whatever is nested, long or escaped in it', async () => {
  const inner = fc.constantFrom(
    '7',
    '"]"',
    '"}{"',
    '"\\""',
    '9007199254740993',
    '"9007199254740993"',
    '-0.5',
    '"\\ud800"',
  );
  const text = fc
    .record({
      pad: fc.nat(40),
      levels: fc.nat(70),
      around: fc.constantFrom(['[', ']'], ['{"a":', '}'], ['[{},[],', ']'], ['{"":[],"b":', ',"c":{}}']),
      inner: fc.array(inner, { minLength: 1, maxLength: 4 }),
    })
    .map(({ pad, levels, around: [open = '', close = ''], inner }) =>
      [' '.repeat(pad), open.repeat(levels), `[${inner}]`, close.repeat(levels)].join(''),
    );
  const outcome = (given: string, pieces: readonly number[]) =>
    parsed(given, pieces).catch((error: Error) => error.message);
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(text, async (given) => {
      const whole = await outcome(given, []);
      if (typeof whole === 'string') refused += 1;
      expect(whole).toEqual(await outcome(given, [1]));
    }),
    { seed: SEED, numRuns: 1_000 },
  );
  expect(refused).toBeGreaterThan(30);
});

const BLANKS = ' '.repeat(64 * 1024);

test.each([
  ['levels', '['.repeat(64), '{'],
  ['levels that were left', `${'[]'.repeat(100)}${'{'.repeat(64)}`, '['],
  ['digits', '7'.repeat(64), '7'],
  ['digits of another number', `${'7'.repeat(64)}.${'7'.repeat(64)}`, '7'],
  ['digits behind a text', `"${'7'.repeat(65)}"${'7'.repeat(64)}`, '7'],
  ['blanks', `${BLANKS}"${BLANKS} "${BLANKS}`, '\n'],
  ['values', `"${','.repeat(100_001)}\\"-"${','.repeat(100_000)}`, '['],
  ['keys', `"${':'.repeat(30_001)}\\\\"${':'.repeat(30_000)}`, ':'],
])('as many %s as may be are read in whatever pieces they come, and not one more', (_, most, more) => {
  for (const length of [1, 63, 4_096, most.length]) {
    const reader = new JsonReader();
    const bytes = Buffer.from(most);
    for (let start = 0; start < bytes.length; start += length)
      reader.watch(bytes.subarray(start, start + length), false);
    expect(() => reader.watch(Buffer.from(more), false)).toThrow('the JSON');
  }
});
