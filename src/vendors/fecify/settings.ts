import { z } from 'zod';

/** One token per store, sent as it is (contract, Base URL & auth). */
export const settings = z.object({ skillAccessToken: z.string().min(1) });

export type FecifySettings = z.output<typeof settings>;
