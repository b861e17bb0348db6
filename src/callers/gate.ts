import { createHash, timingSafeEqual } from 'node:crypto';
import type { Caller } from '../crm/caller.ts';
import type { Clock } from '../crm/clock.ts';
import { createAttempts } from './attempts.ts';
import { type Authenticator, bearerOf } from './callers.ts';

/** Who came in, or why nobody did. */
export type Admission =
  | { readonly caller: Caller; readonly isRouter: boolean }
  | { readonly refused: 401 | 429; readonly retryAfter?: number };

export interface Gate {
  admit(request: GateRequest): Promise<Admission>;
  close(): void;
}

export interface GateRequest {
  readonly authorization: string | undefined;
  readonly routerAuthorization: string | undefined;
  /** Of the client, behind trusted proxies too. */
  readonly address: string;
}

/** A router that asks for the subgraph's schema only: it sees no account and may read nothing. */
const ROUTER_ALONE: Caller = { id: 'router', tenant: '', scopes: new Set(), isAnonymous: true };

/**
 * Lets callers in by their credential, and the supergraph's router by one of its own secrets. A valid credential always
 * gets in; only failures are counted and limited.
 */
export function createGate(authenticator: Authenticator, routerSecrets: readonly string[], clock: Clock): Gate {
  const attempts = createAttempts(clock);
  const digests = routerSecrets.map(digestOf);
  const isRouterSecret = (secret: string) => {
    const digest = digestOf(secret);
    return digests.filter((known) => timingSafeEqual(known, digest)).length > 0;
  };
  const refuse = (address: string): Admission => {
    const retryAfter = attempts.failed(address);
    return retryAfter === undefined ? { refused: 401 } : { refused: 429, retryAfter };
  };

  return {
    async admit({ authorization, routerAuthorization, address }) {
      const routerSecret = bearerOf(routerAuthorization);
      const isRouter = routerSecret !== undefined && isRouterSecret(routerSecret);
      if (routerAuthorization !== undefined && !isRouter) return refuse(address);
      if (authorization === undefined && isRouter) return { caller: ROUTER_ALONE, isRouter };
      const credential = bearerOf(authorization);
      const caller = credential === undefined ? undefined : await authenticator.identify(credential);
      return caller === undefined ? refuse(address) : { caller, isRouter };
    },
    close: () => authenticator.close(),
  };
}

const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
