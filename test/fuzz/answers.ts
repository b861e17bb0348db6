import { gzipSync } from 'node:zlib';
import type { WireAnswer } from '../../src/emulation/scene.ts';
import type { Choices } from './choices.ts';
import { spoilBytes, spoilText } from './spoil.ts';
import { NAMES, NUMBERS, TEXTS, wildValue } from './wild.ts';

// True answers of CRMs, spoiled: their JSON, their bytes, their status and headers. No text is put into another field:
// what a CRM writes into an error message it may say of itself, and there it would look like that.

type Edit = (value: unknown, choices: Choices, key: string) => unknown;
type Place = { readonly holder: Record<string, unknown> | unknown[]; readonly name: string };

/** Stands in JSON for what no JavaScript value can: it is put into the text. */
const RAW = '@@raw:';
const RAW_TOKENS = [
  '9007199254740993',
  '-9007199254740993',
  '123456789012345678901234567890',
  '1e400',
  '-0',
  '1E+2',
  `1${'0'.repeat(70)}`,
  'NaN',
  'Infinity',
  'undefined',
  "'a'",
  '01',
  '1.',
  '"\\ud83d"',
  '"\\u0000"',
  '{"id":1,"id":2}',
  '{"__proto__":{"polluted":true},"id":1}',
] as const;

const DELETED = Symbol('deleted');

const EDITS: readonly (readonly [weight: number, edit: Edit])[] = [
  [3, () => null],
  [3, (_, choices) => choices.pick(TEXTS)],
  [2, (_, choices) => choices.pick(NUMBERS)],
  [3, (_, choices) => RAW + choices.pick(RAW_TOKENS)],
  [1, (_, choices) => choices.chance(0.5)],
  [2, (_, choices) => wildValue(choices)],
  [1, (_value, _choices, key) => `You sent ${key}`],
  [4, () => DELETED],
  [2, (value) => [value]],
  [2, (value) => ({ data: value })],
  [2, inner],
  [3, otherType],
  [3, altered],
];

/** What is inside, one level up. */
function inner(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? (Object.values(value)[0] ?? null) : value;
}

/** The same, as another type. */
function otherType(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : [value];
  if (Array.isArray(value)) return { ...value };
  return value === null ? {} : Object.values(value as object);
}

/** The same type, another value. */
function altered(value: unknown, choices: Choices): unknown {
  if (typeof value === 'string') return spoilText(value, choices);
  if (typeof value === 'number') return choices.pick([-value, value + 1_000_000, value / 3, value * 1e12, 0]);
  if (typeof value === 'boolean') return !value;
  if (Array.isArray(value)) {
    return choices.pick<() => unknown>([
      () => [],
      () => [...value].reverse(),
      () => [...value, ...value],
      () => Array.from({ length: choices.pick([20, 500]) }, () => value[0]),
      () => [null, ...value],
      () => value.slice(1),
    ])();
  }
  if (value === null) return choices.pick([0, '', false]);
  const entries = Object.entries(value as object);
  const place = choices.number(entries.length + 1);
  const renamed = choices.pick(NAMES);
  return choices.chance(0.5)
    ? Object.fromEntries(entries.map(([key, held], index) => [index === place ? renamed : key, held]))
    : Object.fromEntries([...entries, [renamed, wildValue(choices)]]);
}

function placesIn(value: unknown, places: Place[] = []): Place[] {
  if (typeof value !== 'object' || value === null) return places;
  for (const [name, held] of Object.entries(value)) {
    places.push({ holder: value as Place['holder'], name });
    placesIn(held, places);
  }
  return places;
}

function spoilJson(text: string, choices: Choices, key: string): string {
  // The whole is inside too, so that it can be spoiled like any part.
  const whole = { root: JSON.parse(text) as unknown };
  for (let count = choices.pick([1, 1, 2, 5, 30]); count > 0; count -= 1) {
    const { holder, name } = choices.pick(placesIn(whole));
    const held = Object.getOwnPropertyDescriptor(holder, name)?.value ?? null;
    const value = choices.weighed(EDITS)(held, choices, key);
    if (value === DELETED && holder !== whole) {
      if (Array.isArray(holder)) holder.splice(Number(name), 1);
      else Reflect.deleteProperty(holder, name);
    } else {
      Object.defineProperty(holder, name, {
        value: value === DELETED ? null : value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
  }
  return (JSON.stringify(whole.root) ?? '').replace(/"@@raw:((?:[^"\\]|\\.)*)"/g, (_, token: string) =>
    JSON.parse(`"${token}"`),
  );
}

const STATUSES = [
  201, 202, 203, 204, 206, 226, 300, 301, 304, 307, 308, 400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 413, 422,
  423, 425, 429, 451, 500, 501, 502, 503, 504, 507, 599,
] as const;

const HEADERS: readonly Readonly<Record<string, string>>[] = [
  { 'content-type': 'text/html' },
  { 'content-type': 'application/json; charset=utf-16' },
  { 'content-type': 'multipart/x; boundary=;;' },
  { 'content-encoding': 'gzip' },
  { 'content-encoding': 'br' },
  { 'content-encoding': 'gzip, gzip' },
  { 'content-encoding': '' },
  // None that is waited for.
  ...['0', '-5', '3', '3600', '1e9', 'soon', '99999999999999999999', 'Fri, 01 Jan 2100 00:00:00 GMT', ''].map(
    (wait) => ({ 'retry-after': wait }),
  ),
  { location: '//169.254.169.254/' },
  { 'set-cookie': 'a=b', link: '<x>; rel=next' },
  { 'x-long': 'x'.repeat(15_000) },
];

const GARBAGE = [
  '',
  ' ',
  'null',
  'true',
  '0',
  '""',
  '[]',
  '{}',
  '<html>502</html>',
  'OK',
  '\u0000',
  '{"data":',
  '[]]',
] as const;

/**
 * The answer with something wrong with it.
 * @param key of the account that asked: some CRMs repeat it
 */
export function spoilAnswer({ status, headers, bytes }: WireAnswer, choices: Choices, key: string): WireAnswer {
  const how = choices.weighed([
    [14, 'json'],
    [3, 'bytes'],
    [1, 'garbage'],
    [1, 'gzip'],
    [2, 'none'],
  ] as const);
  const isWire = how === 'none' || choices.chance(0.1);
  const sent = {
    status: isWire && choices.chance(0.7) ? choices.pick(STATUSES) : status,
    headers: isWire && choices.chance(0.6) ? { ...headers, ...choices.pick(HEADERS) } : headers,
  };
  if (how === 'garbage') return { ...sent, bytes: Buffer.from(choices.pick(GARBAGE)) };
  if (how === 'bytes') return { ...sent, bytes: spoilBytes(bytes, choices) };
  const json = how === 'json' && bytes.length > 0 ? Buffer.from(spoilJson(jsonIn(bytes), choices, key)) : bytes;
  if (how !== 'gzip') return { ...sent, bytes: json };
  const packed = gzipSync(json);
  return {
    ...sent,
    headers: { ...headers, 'content-encoding': 'gzip' },
    bytes: choices.chance(0.5) ? packed : spoilBytes(packed, choices),
  };
}

/** Some vendors put stray bytes before it. */
function jsonIn(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.slice(Math.max(0, text.search(/[[{]/)));
}
