import type { Choices } from './choices.ts';

/** What is put into a text where it does not belong. */
const PIECES = [
  '"',
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  ':',
  ',',
  '\\',
  '\\u',
  '\\ud83d',
  '\u0000',
  '\ufeff',
  '\u2028',
  '$',
  '@',
  '!',
  '...',
  '"""',
  '#',
  '\n',
  '0',
  '-',
  '1e999',
  'null',
  '__proto__',
  '&',
  '|',
  '😀',
  ' '.repeat(5_000),
  '{a'.repeat(60),
  '['.repeat(200),
  'a:a '.repeat(40),
] as const;

/** The text with a few mistakes: parts missing, doubled, moved or put in. */
export function spoilText(text: string, choices: Choices): string {
  let spoiled = text;
  for (let count = 1 + choices.number(3); count > 0; count -= 1) {
    const from = choices.number(spoiled.length + 1);
    const to = Math.min(spoiled.length, from + choices.number(12));
    const part = spoiled.slice(from, to);
    const [head, tail] = [spoiled.slice(0, from), spoiled.slice(to)];
    spoiled = choices.pick<() => string>([
      () => head + tail,
      () => head + part + part + tail,
      () => head + choices.pick(PIECES) + part + tail,
      () => head + [...part].reverse().join('') + tail,
      () => head,
      () => tail,
    ])();
  }
  return spoiled;
}

/** Single bits, bytes and pieces, whatever text they were part of. */
export function spoilBytes(bytes: Buffer, choices: Choices): Buffer {
  const spoiled = Buffer.from(bytes);
  if (spoiled.length === 0) return Buffer.from([choices.number(256)]);
  const place = choices.number(spoiled.length);
  switch (choices.number(5)) {
    case 0:
      spoiled[place] = (spoiled[place] ?? 0) ^ (1 << choices.number(8));
      return spoiled;
    case 1:
      spoiled[place] = choices.pick([0, 0xff, 0xc0, 0xed, 0x22, 0x5c, 0x7b]);
      return spoiled;
    case 2:
      return spoiled.subarray(0, place);
    case 3:
      return Buffer.concat([spoiled, spoiled.subarray(place)]);
    default:
      return Buffer.concat([spoiled.subarray(0, place), Buffer.from([choices.number(256)]), spoiled.subarray(place)]);
  }
}
