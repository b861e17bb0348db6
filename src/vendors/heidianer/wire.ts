import { z } from 'zod';

// Fields of the contract's CustomerBrief and CustomerFull that we use. Ids may arrive as numbers or text.
const id = z.union([z.number(), z.string()]);
const text = z.string().nullish();
const nothing = z.literal('');
const day = z.union([z.iso.date(), nothing]).nullish();
/** Whole seconds with `Z`, or microseconds with an offset (quirk 3). */
const instant = z.union([z.iso.datetime({ offset: true }), nothing]).nullish();

/** Element type never shown: strings by assumption 7, objects with a name or title tolerated. */
const tag = z.union([z.string(), z.looseObject({ name: z.string() }), z.looseObject({ title: z.string() })]);
/** Element type never shown: `{id, title}` by assumption 8, bare ids tolerated. */
const segmentOfCustomer = z.union([id, z.looseObject({ id, title: text })]);

export const wireCustomer = z.object({
  id,
  mobile: z.union([z.string(), z.number()]).nullish(),
  full_name: text,
  gender: z.enum(['unknown', 'male', 'female', '']).nullish(),
  email: text,
  birthday: day,
  note: text,
  accepts_marketing: z.boolean().nullish(),
  tags: z.array(tag).nullish(),
  segments: z.array(segmentOfCustomer).nullish(),
  created_at: instant,
});

/** A record's own fields are checked one by one when they are read (`wireCustomer`); only its id must be there. */
export const customerRow = z.looseObject({ id });

export const customerPage = z.looseObject({
  count: z.number().nullish(),
  next: z.string().nullish(),
  results: z.array(z.unknown()),
});

export const wireSegment = z.looseObject({ id, title: text, customers: z.array(z.unknown()).nullish() });

/** The list's sample is one bare segment although paging is documented: all three shapes are accepted (assumption 9). */
export const segmentPage = z.union([
  z.looseObject({ count: z.number().nullish(), next: z.string().nullish(), results: z.array(z.unknown()) }),
  z.array(z.unknown()),
  wireSegment,
]);

export const token = z.looseObject({ access_token: z.string().min(1), refresh_token: z.string().min(1).nullish() });
