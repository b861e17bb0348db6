import { z } from 'zod';
import { usually } from '../../crm/shapes.ts';
import { isWallClockText } from './wallClock.ts';

// Fields of the contract's records that we use. Ids may arrive as numbers or text.
const id = z.union([z.number(), z.string().min(1)]);
const text = z.string().nullish();
const moment = usually(z.string().refine(isWallClockText), isWallClockText);

/** The envelope of an answer that is not a failure. A loose PHP back end may write the number as text. */
export const success = z.object({ code: z.literal([200, '200']), data: z.unknown() });

/** A customer as the answers to writes show it; fields are checked one by one, when they are read. */
export const wireCustomer = z.object({
  id,
  email: text,
  first_name: text,
  last_name: text,
  status: id.nullish(),
  note: text,
  phone: text,
  accepts_marketing: z.number().nullish(),
  customervip_id: id.nullish(),
  created_at: moment.nullish(),
  updated_at: moment.nullish(),
});

/** The answer to a write, as far as it must be understood to know what was written to. */
export const writtenCustomer = z.looseObject({ id: wireCustomer.shape.id });

/** 1 is yes and 2 is no (quirk 1). */
export type WireFlag = 1 | 2;

/** Body of update-customer; create-customer's, but for the names in `WireCreate`. */
export interface WireUpdate {
  readonly id: number;
  readonly first_name?: string;
  readonly last_name?: string;
  readonly phone?: string;
  readonly phone_prefix?: string;
  readonly accepts_marketing?: WireFlag;
  readonly note?: string;
  readonly customervip_id?: number;
  readonly payafteruse_status?: WireFlag;
  readonly payafteruse_level?: number;
}

export type WireCreate = Omit<WireUpdate, 'id' | 'note' | 'customervip_id' | 'phone_prefix'> & {
  readonly email?: string;
  /** What update calls `phone_prefix` (quirk 2). */
  readonly numberCode?: string;
};

/** Fields are checked one by one, when they are read. */
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
export const addressList = z.array(z.unknown());

export const contactMessage = z.looseObject({
  id,
  name: text,
  telephone: text,
  email: text,
  created_at: moment,
  custom_attrs: z.array(z.looseObject({ attr_name: z.string(), attr_value: text })).nullish(),
});

/** Messages are checked one by one when they are read (`contactMessage`). */
export const contactMessagePage = z.looseObject({
  list: z.array(z.unknown()),
  total: z.number().nullish(),
  totalPage: z.number().nullish(),
});
