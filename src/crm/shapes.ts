import type { ZodType, z } from 'zod';

// Nearly everything that CRMs send fits its shape as it is. Asking zod copies every list and object for that, and costs
// more than the rest of reading them: so there is a cheaper question first, which is sure of what it lets through.

/** Whether a shape takes a value as it is. False says nothing: then zod has to be asked. */
export type Fits = (value: unknown) => boolean;

export type Checked<Value> = { readonly success: true; readonly data: Value } | { readonly success: false };

/** What a value is by its shape. One that fits as it is is not copied: nobody may write to it. */
export function checked<Shape extends ZodType>(shape: Shape, value: unknown): Checked<z.output<Shape>> {
  return fitsOf(shape)(value) ? { success: true, data: value as z.output<Shape> } : shape.safeParse(value);
}

const usualTexts = new WeakMap<ZodType, (text: string) => boolean>();

/** The shape of a text with conditions, beside a cheap test: a text that passes it fits the shape as it is. */
export function usually<Shape extends ZodType>(shape: Shape, isUsual: (text: string) => boolean): Shape {
  usualTexts.set(shape, isUsual);
  return shape;
}

/** What is known of a shape without asking it. */
interface Quick {
  readonly fits: Fits;
  /** Whether it never makes something else of a value. */
  readonly keeps: boolean;
}

const known = new WeakMap<ZodType, Quick>();

export const fitsOf = (shape: ZodType): Fits => quickOf(shape).fits;

function quickOf(shape: ZodType): Quick {
  let quick = known.get(shape);
  if (quick === undefined) {
    quick = quickFor(shape);
    known.set(shape, quick);
  }
  return quick;
}

/** What of a shape's definition decides; zod's own type for it differs from shape to shape. */
interface ShapeDefinition {
  readonly type: string;
  readonly checks?: readonly unknown[];
  readonly coerce?: boolean;
  readonly format?: string;
  readonly innerType?: ZodType;
  readonly element?: ZodType;
  readonly options?: readonly ZodType[];
  readonly values?: readonly unknown[];
  readonly entries?: Readonly<Record<string, unknown>>;
  readonly shape?: Readonly<Record<string, ZodType>>;
  readonly catchall?: ZodType;
}

const definitionOf = (shape: ZodType): ShapeDefinition => (shape as unknown as { def: ShapeDefinition }).def;

const UNSURE: Quick = { fits: () => false, keeps: false };
const keeping = (fits: Fits): Quick => ({ fits, keeps: true });

function quickFor(shape: ZodType): Quick {
  const isUsual = usualTexts.get(shape);
  if (isUsual !== undefined) return keeping((value) => typeof value === 'string' && isUsual(value));
  const definition = definitionOf(shape);
  const { type, checks, coerce, format, innerType, element } = definition;
  if ((checks?.length ?? 0) > 0 || coerce === true || format !== undefined) return UNSURE;
  switch (type) {
    case 'string':
    case 'boolean':
      return keeping((value) => typeof value === type);
    case 'number':
      // JSON can spell numbers that are too large to be one; no shape takes those.
      return keeping((value) => typeof value === 'number' && Number.isFinite(value));
    case 'unknown':
      return keeping((value) => value !== undefined);
    case 'literal':
      return quickOneOf(definition.values ?? []);
    case 'enum':
      return quickOneOf(Object.values(definition.entries ?? {}));
    case 'optional':
      return innerType === undefined ? UNSURE : quickOr(undefined, quickOf(innerType));
    case 'nullable':
      return innerType === undefined ? UNSURE : quickOr(null, quickOf(innerType));
    case 'array':
      return element === undefined ? UNSURE : quickList(quickOf(element));
    case 'union':
      return quickUnion((definition.options ?? []).map(quickOf));
    case 'object':
      return quickObject(definition);
    default:
      return UNSURE;
  }
}

const quickOr = (nothing: null | undefined, { fits, keeps }: Quick): Quick => ({
  fits: (value) => value === nothing || fits(value),
  keeps,
});

const quickOneOf = (values: readonly unknown[]): Quick => keeping((value) => values.includes(value));

const quickList = ({ fits, keeps }: Quick): Quick => ({
  fits(value) {
    if (!Array.isArray(value)) return false;
    for (const each of value) if (!fits(each)) return false;
    return true;
  },
  keeps,
});

/** Zod takes the first alternative that fits: one that changes values is the last that can be seen past. */
function quickUnion(alternatives: readonly Quick[]): Quick {
  const changing = alternatives.findIndex(({ keeps }) => !keeps);
  const tried = (changing < 0 ? alternatives : alternatives.slice(0, changing + 1)).map(({ fits }) => fits);
  return {
    fits(value) {
      for (const fits of tried) if (fits(value)) return true;
      return false;
    },
    keeps: changing < 0,
  };
}

/** Others than loose objects lose the keys that they do not know, and all of them lose `__proto__`. */
function quickObject({ shape = {}, catchall }: ShapeDefinition): Quick {
  if (catchall === undefined || definitionOf(catchall).type !== 'unknown') return UNSURE;
  const fields = Object.entries(shape).map(([key, field]) => ({ key, quick: quickOf(field) }));
  const checks = fields.map(({ key, quick }) => ({ key, fits: quick.fits }));
  return {
    fits(value) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
      if (Object.hasOwn(value, '__proto__')) return false;
      for (const { key, fits } of checks) if (!fits((value as Record<string, unknown>)[key])) return false;
      return true;
    },
    keeps: fields.every(({ quick }) => quick.keeps),
  };
}
