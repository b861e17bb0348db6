import { z } from 'zod';
import { isWallClockText } from './wallClock.ts';

// Fields of the contract's address and contact-form message that we use. Ids may arrive as numbers or text.
const id = z.union([z.number(), z.string()]);
const text = z.string().nullish();

/** The envelope of an answer that is not a failure. A loose PHP back end may write the number as text. */
export const success = z.object({ code: z.literal([200, '200']), data: z.unknown() });

export const wireAddress = z.object({
  customer_id: id,
  first_name: text,
  last_name: text,
  company: text,
  phone: text,
  email: text,
  address_1: text,
  address_2: text,
  city: text,
  zip: text,
  country_code: text,
  country: z.object({ name: text }).nullish(),
  province: z.object({ name: text }).nullish(),
  is_default: z.number().nullish(),
});

/** A bare array without paging. */
export const addressList = z.array(wireAddress);

export const contactMessage = z.object({
  id,
  name: text,
  telephone: text,
  email: text,
  created_at: z.string().refine(isWallClockText),
  custom_attrs: z.array(z.object({ attr_name: z.string(), attr_value: text })).nullish(),
});

/** Messages are checked one by one when they are read (`contactMessage`). */
export const contactMessagePage = z.object({
  list: z.array(z.unknown()),
  total: z.number().nullish(),
  totalPage: z.number().nullish(),
});
