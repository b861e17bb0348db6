import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readInParts } from '../../src/http/longJson.ts';

const SEED = 20_261_122;

const read = (bytes: Uint8Array, size: number) =>
  readInParts(Buffer.from(bytes), size, JSON.parse).catch((error: Error) => error.name);

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    return error instanceof SyntaxError ? 'SyntaxError' : 'Error';
  }
}

const sizes = fc.integer({ min: 5, max: 60 });
/** With blanks, deep and flat, with keys that are numbers, come twice or mean something to JavaScript. */
const text = fc
  .tuple(
    fc.letrec<{ value: unknown; list: unknown[]; object: Record<string, unknown> }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 7 },
        fc.constantFrom(null, true, 0, -1.5e-7, '', 'a,b', ']}', '"', '\\', '\ufeff', '漢字😀', 'é'.repeat(30)),
        tie('list'),
        tie('object'),
      ),
      list: fc.array(tie('value'), { maxLength: 5 }),
      object: fc.dictionary(
        // No key that ends with a backslash: having seen one, Node 24 and 26 take the key "\"" for it.
        fc.constantFrom('a', '7', '07', 'é', '"', '\\\\n', '{', ':', '__proto__', 'constructor'),
        tie('value'),
        { noNullPrototype: true, maxKeys: 4 },
      ),
    })).value,
    fc.constantFrom('', ' ', '\n\t', '  '),
    fc.boolean(),
  )
  .map(([value, blank, twice]) => {
    const json = JSON.stringify(value, null, blank);
    return `${blank}${twice ? `{"b":[${json},${json}],"a":${json}${blank},"b":${json}}` : json}${blank}`;
  });

test('what is read in parts is what JSON.parse reads, keys in their order', async () => {
  await fc.assert(
    fc.asyncProperty(text, sizes, fc.boolean(), async (json, size, marked) => {
      const bytes = Buffer.from(marked ? `\ufeff${json}` : json);
      const value = await read(bytes, size);
      expect(value).toEqual(JSON.parse(json));
      expect(JSON.stringify(value)).toBe(JSON.stringify(JSON.parse(json)));
    }),
    { seed: SEED, numRuns: 2_000 },
  );
});

test('a text with a byte too many, too few or wrong is refused where JSON.parse refuses it, and only there', async () => {
  const wrong = fc.constantFrom(...Buffer.from('[]{},:"\\ 7-ae\u0000'), 0x80, 0xc3, 0xf0, 0xef, undefined);
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(text, sizes, fc.nat(), fc.nat(1), wrong, async (json, size, at, removed, byte) => {
      const bytes = Buffer.from(json);
      const place = at % (bytes.length + 1);
      const broken = Buffer.concat([
        bytes.subarray(0, place),
        Buffer.from(byte === undefined ? [] : [byte]),
        bytes.subarray(place + removed),
      ]);
      const expected = parsed(broken);
      if (expected === 'Error' || expected === 'SyntaxError') refused += 1;
      const value = await read(broken, size);
      // What is no UTF-8 may be no JSON either.
      if (expected === 'Error') expect(['Error', 'SyntaxError']).toContain(value);
      else expect(JSON.stringify(value)).toBe(JSON.stringify(expected));
    }),
    { seed: SEED, numRuns: 5_000 },
  );
  expect(refused).toBeGreaterThan(2_000);
});

test('long pages are never one text, and others have their turn while they are read', async () => {
  const record = { name: 'é'.repeat(400), tags: [{ name: 'vip' }] };
  const page = { data: { items: Array.from({ length: 500 }, () => record), total: 500 } };
  const lengths: number[] = [];
  let turns = 0;
  const turn = setInterval(() => {
    turns += 1;
  }, 0);
  const value = await readInParts(Buffer.from(JSON.stringify(page)), 10_000, (json) => {
    lengths.push(json.length);
    return JSON.parse(json);
  });
  clearInterval(turn);
  expect(value).toStrictEqual(page);
  expect(lengths.length).toBeGreaterThan(40);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(10_002);
  expect(turns).toBeGreaterThan(0);
});
