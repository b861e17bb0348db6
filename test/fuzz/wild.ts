import type { Choices } from './choices.ts';

// Values that somebody once forgot to think of.

/** Must never come back in an error: they stand for what people mistype. */
export const MARKED = ['ana.ruiz.geheim@example.ec', '+593990001234', 'Ana Ruiz "Geheim"'] as const;

export const NAMES = [
  'id',
  'name',
  '__typename',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'then',
  '__schema',
  '_entities',
  'length',
  'null',
  'true',
  'on',
  'query',
  'a'.repeat(300),
] as const;

export const TEXTS = [
  '',
  'a',
  ...MARKED,
  ' ',
  '\u0000',
  '\ud83d',
  '\udc00x',
  '\u202egnirts',
  '\ufeff',
  '\r\nset-cookie: a=b',
  '../../admin',
  '%2e%2e%2f',
  '..',
  '?page=1&x=y',
  '#',
  '{customerId}',
  '{{7*7}}',
  "' OR 1=1 --",
  '<script>alert(1)</script>',
  '\u001b[31m',
  'i\u0307',
  '👩‍👩‍👧‍👦'.repeat(20),
  'Nguyễn Thị Bích Ngọc',
  'é'.normalize('NFD'),
  'x'.repeat(10_001),
  '9'.repeat(400),
  '-0',
  '1e400',
  'NaN',
  'null',
  'true',
  '[object Object]',
  '2026-02-30',
  '2026-11-21',
  '2026-11-21T08:30:00Z',
  '+275760-09-13T00:00:01Z',
  '0000-00-00 00:00:00',
  ...NAMES,
] as const;

export const NUMBERS = [
  0, 1, -1, 2, 3, 100, 101, 0.5, -0, 1e21, 1e308, -1e308, 5e-324, 2_147_483_647, 2_147_483_648, -2_147_483_649,
  9_007_199_254_740_991, 9_007_199_254_740_992,
] as const;

/** Any JSON value; objects have own keys only, whatever they are called. */
export function wildValue(choices: Choices, depth = 0): unknown {
  switch (choices.number(depth > 3 ? 5 : 9)) {
    case 0:
      return null;
    case 1:
      return choices.pick(TEXTS);
    case 2:
      return choices.pick(NUMBERS);
    case 3:
      return choices.chance(0.5);
    case 4:
      return choices.pick([[], {}, [null], [[]]]);
    case 5:
      return nested(choices.pick([5, 30, 70, 500]), choices.chance(0.5));
    case 6:
      return Array.from({ length: choices.number(4) }, () => wildValue(choices, depth + 1));
    default:
      return Object.fromEntries(
        Array.from({ length: choices.number(4) }, () => [
          choices.pick(choices.chance(0.5) ? NAMES : TEXTS),
          wildValue(choices, depth + 1),
        ]),
      );
  }
}

function nested(levels: number, lists: boolean): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = lists ? [value] : { a: value };
  return value;
}
