import { z } from 'zod';

/** The key of one store; it also says which store is meant (contract, Base URL & auth). */
export const settings = z.object({ apiKey: z.string().min(1) });

export type LadiflowSettings = z.output<typeof settings>;
