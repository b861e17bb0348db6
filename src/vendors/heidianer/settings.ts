import { z } from 'zod';

/** A ready token, or what it takes to get one (contract, Base URL & auth); with both, the token is renewed when it expires. */
export const settings = z
  .object({
    accessToken: z.string().min(1).optional(),
    clientId: z.string().min(1).optional(),
    clientSecret: z.string().min(1).optional(),
    refreshToken: z.string().min(1).optional(),
  })
  .superRefine((given, context) => {
    const exchange = ['clientId', 'clientSecret', 'refreshToken'] as const;
    if (given.accessToken !== undefined && exchange.every((name) => given[name] === undefined)) return;
    for (const name of exchange) {
      if (given[name] === undefined) context.addIssue({ code: 'custom', path: [name], message: 'is missing' });
    }
  });

export type HeidianerSettings = z.output<typeof settings>;
