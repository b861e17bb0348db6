import { textOf, write, writeText } from './answer.ts';
import type { Play, Scene } from './scene.ts';

// A vendor that changes its records without telling. The envelope around them stays as it is.

type Fields = Readonly<Record<string, unknown>>;
type Change = (value: unknown, name: string) => unknown;

const BAD_DATES = ['soon', '2026-02-30', '0000-00-00 00:00:00', '2026-13-45T25:61:00Z', '+275760-09-13'];
const BAD_STRINGS = ['half of a pair: \ud83d', 'nothing:\u0000', 'right to left: \u202e', 'long'.repeat(2_500)];
/** The first integers that a number cannot hold. */
const LARGEST_EXACT = 9_007_199_254_740_992n;

export const drift = {
  /** Every field has another type than before; numbers in ids become their digits. */
  'wrong-types'(scene) {
    alterRecords(scene, (name, value) => [[name, isId(name) ? idAsText(value) : otherType(value)]]);
  },
  /** Every field but the ids is null. */
  'null-fields'(scene) {
    alterRecords(scene, (name, value) => [[name, isId(name) ? value : null]]);
  },
  /** Every field but the ids is gone. */
  'missing-fields'(scene) {
    alterRecords(scene, (name, value) => (isId(name) ? [[name, value]] : []));
  },
  /** Every field but the ids has a new name. */
  'renamed-fields'(scene) {
    alterRecords(scene, (name, value) => [[isId(name) ? name : `new_${name}`, value]]);
  },
  /** Every whole number is larger than a number can hold exactly, ids included. */
  'big-numbers'(scene) {
    const answer = scene.perform();
    const body = recordsChanged(answer.body, (record) =>
      changeDeep(record, (value) =>
        Number.isInteger(value) ? `big:${LARGEST_EXACT + BigInt(value as number) * 2n + 1n}` : value,
      ),
    );
    // An answer without a body has no numbers.
    if (body === undefined) return write(scene.outgoing, answer);
    // No JavaScript number could carry them: they are put into the text.
    const text = textOf({ ...answer, body }).replaceAll(/"big:(-?\d+)"/g, '$1');
    writeText(scene.outgoing, answer.status, text, answer.headers);
  },
  /** Every day and time stamp is one that no calendar has. */
  'bad-dates'(scene) {
    let turn = 0;
    alterValues(scene, (value) =>
      typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) ? BAD_DATES[turn++ % BAD_DATES.length] : value,
    );
  },
  /** Every text but ids and times has half a surrogate pair, a NUL, a direction mark or ten thousand characters. */
  'bad-strings'(scene) {
    let turn = 0;
    alterValues(scene, (value, name) =>
      typeof value !== 'string' || isId(name) || /^\d{4}-\d{2}-\d{2}/.test(value)
        ? value
        : BAD_STRINGS[turn++ % BAD_STRINGS.length],
    );
  },
  /** Every record has fields nobody knows, with names that mean something to JavaScript. */
  'extra-fields'(scene) {
    alterRecords(scene, (name, value) => [[name, value]], {
      ['__proto__']: { polluted: true, isAdmin: true },
      constructor: { prototype: { polluted: true } },
      toString: 'text',
      '': 7,
      unknown: [{ deep: [{}] }],
    });
  },
} satisfies Record<string, Play>;

/** `id`, `_id`, `customer_id` and so on. */
const isId = (name: string): boolean => /^_?id$|_id$/.test(name);

const idAsText = (value: unknown): unknown => (typeof value === 'number' ? String(value) : value);

function otherType(value: unknown): unknown {
  if (typeof value === 'string') return 7;
  if (typeof value === 'number') return { amount: value };
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return 'a, b';
  return value === null ? [] : ['a', 'b'];
}

/** Field by field; `extra` fields are added at the end. */
function alterRecords(
  { outgoing, perform }: Scene,
  alter: (name: string, value: unknown) => [string, unknown][],
  extra: Fields = {},
): void {
  const answer = perform();
  const body = recordsChanged(answer.body, (record) =>
    // Own properties all of them, `__proto__` too.
    Object.fromEntries([
      ...Object.entries(record).flatMap(([name, value]) => alter(name, value)),
      ...Object.entries(extra),
    ]),
  );
  write(outgoing, { ...answer, body });
}

/** All plain values inside the records, however deep. */
function alterValues({ outgoing, perform }: Scene, change: Change): void {
  const answer = perform();
  write(outgoing, { ...answer, body: recordsChanged(answer.body, (record) => changeDeep(record, change)) });
}

/** The outermost objects that have an id are the records; what is around them is the envelope. */
export function recordsChanged(body: unknown, change: (record: Fields) => unknown): unknown {
  if (Array.isArray(body)) return body.map((item) => recordsChanged(item, change));
  if (typeof body !== 'object' || body === null) return body;
  if ('id' in body || '_id' in body) return change(body as Fields);
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, recordsChanged(value, change)]));
}

function changeDeep(value: unknown, change: Change, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => changeDeep(item, change, name));
  if (typeof value !== 'object' || value === null) return change(value, name);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, changeDeep(inner, change, key)]));
}
