import { z } from 'zod';

/** The raw key, without a scheme word (contract section 2). A new key invalidates the old one. */
export const settings = z.object({ apiKey: z.string().min(1) });

export type MercatelySettings = z.output<typeof settings>;
