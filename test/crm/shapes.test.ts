import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { checked, fitsOf, usually } from '../../src/crm/shapes.ts';
import * as fecify from '../../src/vendors/fecify/wire.ts';
import * as heidianer from '../../src/vendors/heidianer/wire.ts';
import * as ladiflow from '../../src/vendors/ladiflow/wire.ts';
import * as mercately from '../../src/vendors/mercately/wire.ts';

// A value that fits as it is must be what zod makes of it. All shapes of all vendors are asked about values that fit them
// nearly.

const shapes = Object.entries({ fecify, heidianer, ladiflow, mercately }).flatMap(([vendor, wire]) =>
  Object.entries(wire).flatMap(([name, shape]) =>
    shape instanceof z.ZodType ? [[`${vendor} ${name}`, shape] as const] : [],
  ),
);
const SETTINGS = { seed: 20_261_122, numRuns: 400 };

const texts = fc.constantFrom(
  '',
  'Ana',
  '7',
  '2024-05-01',
  '2024-02-30',
  '2024-05-01T12:00:00Z',
  '2024-05-01 12:00',
  'male',
);
const scalars = fc.oneof(texts, fc.constantFrom(null, true, false, 0, 200, 1.5, 2 ** 40, Number.POSITIVE_INFINITY));
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 2 },
    scalars,
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('id', 'name', 'title', 'tag', 'field_name', 'value', 'other'), tie('json')),
  ),
}));

interface Definition {
  readonly type: string;
  readonly innerType: z.ZodType;
  readonly element: z.ZodType;
  readonly options: readonly z.ZodType[];
  readonly shape: Readonly<Record<string, z.ZodType>>;
  readonly in: z.ZodType;
}

/** Values that are made after the shape, with something else here and there. */
function nearly(shape: z.ZodType): fc.Arbitrary<unknown> {
  const { type, innerType, element, options, shape: fields, in: before } = shape.def as unknown as Definition;
  const made = ((): fc.Arbitrary<unknown> => {
    switch (type) {
      case 'string':
        return texts;
      case 'optional':
      case 'nullable':
      case 'catch':
        return fc.oneof(fc.constant(null), nearly(innerType));
      case 'array':
        return fc.array(nearly(element), { maxLength: 3 });
      case 'union':
        return fc.oneof(...options.map(nearly));
      case 'object':
        return fc.record(Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, nearly(field)])), {
          requiredKeys: [],
        });
      case 'pipe':
        return nearly(before);
      default:
        return scalars;
    }
  })();
  return fc.oneof({ arbitrary: made, weight: 12 }, { arbitrary: json, weight: 1 });
}

test.each(shapes)('%s: what fits as it is is what zod makes of it', (_, shape) => {
  fc.assert(
    fc.property(nearly(shape), (value) => {
      const asked = shape.safeParse(value);
      if (fitsOf(shape)(value)) expect(asked).toEqual({ success: true, data: value });
      const { success, ...rest } = checked(shape, value);
      expect({ success, ...('data' in rest ? { data: rest.data } : {}) }).toEqual(
        asked.success ? { success: true, data: asked.data } : { success: false },
      );
    }),
    SETTINGS,
  );
});

test.each([
  ['coerced', z.coerce.string(), 'x'],
  ['trimmed', z.string().trim(), ' x'],
  ['with a condition', z.string().min(2), 'x'],
  ['of a format', z.int(), 1.5],
  ['transformed', z.string().transform(Number), '7'],
  ['with a default', z.string().default('x'), undefined],
  ['an object that drops unknown keys', z.object({ a: z.string() }), { a: 'x', b: 1 }],
  ['an object with a condition', z.looseObject({ a: z.string() }).refine(() => false), { a: 'x' }],
  ['with a key that no copy has', z.looseObject({ a: z.string() }), JSON.parse('{"a":"x","__proto__":{}}')],
  ['without a key that must be there', z.looseObject({ a: z.unknown() }), {}],
  ['behind an alternative that changes it', z.union([z.string().trim(), z.string()]), ' x'],
  [
    'behind an object that changes it',
    z.union([z.looseObject({ a: z.string().transform(Number) }), z.looseObject({ a: z.string() })]),
    { a: '7' },
  ],
])('a value %s is left to zod', (_, shape, value) => {
  expect(fitsOf(shape)(value)).toBe(false);
});

test('a value that fits is not copied', () => {
  const row = { id: 7, rows: [{ a: 1 }] };
  const found = checked(z.looseObject({ id: z.number(), rows: z.array(z.unknown()) }), row);
  expect(found.success && found.data).toBe(row);
});

test('texts that pass the quick test are not asked about again, others are', () => {
  const shape = usually(z.string().regex(/^[ab]+$/), (text) => text === 'a');
  expect(['a', 'b', 'c'].map((text) => fitsOf(shape)(text))).toEqual([true, false, false]);
  expect(['a', 'b', 'c'].map((text) => checked(shape, text).success)).toEqual([true, true, false]);
});
