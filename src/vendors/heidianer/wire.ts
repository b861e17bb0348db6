import { z } from 'zod';
import { isUsualDay, isUsualInstant } from '../../crm/instants.ts';
import { usually } from '../../crm/shapes.ts';

// Fields of the contract's CustomerBrief and CustomerFull that we use. Ids may arrive as numbers or text.
const id = z.union([z.number(), z.string()]);
const text = z.string().nullish();
const nothing = z.literal('');
const day = z.union([usually(z.iso.date(), isUsualDay), nothing]).nullish();
/** Whole seconds with `Z`, or microseconds with an offset (quirk 3). */
const instant = z.union([usually(z.iso.datetime({ offset: true }), isUsualInstant), nothing]).nullish();

/** Element type never shown: strings by assumption 7, objects with a name or title tolerated. */
const tag = z.union([z.string(), z.looseObject({ name: z.string() }), z.looseObject({ title: z.string() })]);
/**
 * Element type never shown: `{id, title}` by assumption 8, bare ids tolerated. What is expected comes first: each shape
 * that is tried in vain words its objections.
 */
const segmentOfCustomer = z.union([z.looseObject({ id, title: text }), id]);

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

const count = z.int32().nullish();
const amount = z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/)]).nullish();

/** CustomerFull, the answer to creates and updates; what it has beyond this stays vendor data. */
export const wireFullCustomer = wireCustomer.extend({
  avatar: text,
  updated_at: instant,
  referral_code: text,
  segment_ids: z.array(id).nullish(),
  statistics: z
    .looseObject({
      last_order_id: id.nullish(),
      last_order_paid_at: instant,
      abandoned_checkouts: count,
      orders: count,
      paid_orders: count,
      total_spent: amount,
      average_order_price: amount,
      visits: count,
      visits_per_day: amount,
      customers_referred: count,
      total_spent_of_referred: amount,
      preferred_device: text,
      location: text,
    })
    .nullish(),
  profile: z
    .looseObject({
      source_name: text,
      campaign_name: text,
      campaign_source: text,
      campaign_medium: text,
      campaign_content: text,
      campaign_term: text,
    })
    .nullish(),
  /** Only null seen: whatever else it may be must not cost the points beside it. */
  level: z.unknown(),
  total_points: count,
  points: count,
});

const keptText = z
  .string()
  .nullable()
  .transform((value) => value ?? '');

/**
 * What a read shows of CustomerWrite, the way a PUT sends it back. Null is the same nothing as "" (assumption 16); a
 * field that is missing could only be sent back wrong.
 */
export const storedBody = {
  mobile: z
    .union([z.string(), z.number()])
    .nullable()
    .transform((value) => String(value ?? '')),
  full_name: keptText,
  gender: keptText.transform((value) => (value === '' ? 'unknown' : value)),
  email: keptText,
  birthday: z.union([z.iso.date(), nothing.transform(() => null), z.null()]),
  note: keptText,
  accepts_marketing: z.boolean(),
  tags: z
    .array(tag)
    .nullable()
    .transform((tags) => (tags ?? []).map(tagName)),
};

export function tagName(element: z.output<typeof tag>): string {
  return typeof element === 'string' ? element : String(element.name ?? element.title);
}

/** A record's own fields are checked one by one when they are read (`wireCustomer`); only its id must be there. */
export const customerRow = z.looseObject({ id });

/** A shape that holds this record and no other: what another one shows must not pass for it. */
export const only = <Shape extends z.ZodType<{ id: z.output<typeof id> }>>(shape: Shape, wanted: string) =>
  shape.refine((record) => String(record.id) === wanted);

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
