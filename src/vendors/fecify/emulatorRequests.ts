import { z } from 'zod';

// What is sent to the store.

const id = z.string().regex(/^[1-9]\d*$/);
const dateTime = z.string().regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/);

export const addressQuery = z.strictObject({ customer_id: id });
export const messageQuery = z.strictObject({
  email: z.string().min(1).optional(),
  created_at_begin: dateTime.optional(),
  created_at_end: dateTime.optional(),
  pageNum: id.optional(),
  pageSize: id.optional(),
});

const text = z.string().min(1);
const flag = z.literal([1, 2]);
const callingCode = z.string().regex(/^[1-9]\d{0,2}$/);

/** What a correct client sends; the country code stands in the phone too (question 8). */
export const createRequest = z
  .strictObject({
    email: text,
    first_name: text,
    last_name: text,
    phone: text.optional(),
    accepts_marketing: flag.optional(),
    numberCode: callingCode.optional(),
    payafteruse_status: flag.optional(),
    payafteruse_level: z.int().optional(),
  })
  .refine(({ phone, numberCode }) => isSpelledWith(numberCode, phone), { path: ['phone'], message: 'lacks its code' });

/** Empty texts clear the note and the phone, and nothing else (question 5). */
export const updateRequest = z
  .strictObject({
    id: z.int().min(1),
    first_name: text.optional(),
    last_name: text.optional(),
    phone: z.string().optional(),
    phone_prefix: callingCode.optional(),
    accepts_marketing: flag.optional(),
    note: z.string().optional(),
    customervip_id: z.int().min(1).optional(),
    payafteruse_status: flag.optional(),
    payafteruse_level: z.int().optional(),
  })
  .refine(({ phone, phone_prefix }) => isSpelledWith(phone_prefix, phone), {
    path: ['phone'],
    message: 'lacks its code',
  });

const isSpelledWith = (code: string | undefined, phone = ''): boolean =>
  code === undefined || (phone.startsWith(`+${code} `) && /^\+\d+ \d+$/.test(phone));

/** What the store itself takes: more, as far as the contract's document goes. */
const takenByBoth = {
  phone: z.string().optional(),
  accepts_marketing: flag.optional(),
  payafteruse_status: flag.optional(),
  payafteruse_level: z.int().optional(),
};
export const taken = {
  create: z.object({
    ...takenByBoth,
    email: text,
    first_name: text,
    last_name: text,
    numberCode: z.string().optional(),
  }),
  update: z.object({
    ...takenByBoth,
    id: z.int(),
    first_name: z.string().optional(),
    last_name: z.string().optional(),
    phone_prefix: z.string().optional(),
    note: z.string().optional(),
    // Empty: leave it as it is (quirk 6).
    customervip_id: z.union([z.int(), z.literal('')]).optional(),
  }),
};
