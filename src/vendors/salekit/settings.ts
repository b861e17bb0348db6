import { z } from 'zod';

/** The token of one shop, from the product's API settings; opaque (contract, Base URL & auth). */
export const settings = z.object({ token: z.string().min(1) });

export type SalekitSettings = z.output<typeof settings>;
