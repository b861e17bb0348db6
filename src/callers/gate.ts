import { createHash, timingSafeEqual } from 'node:crypto';
import type { Caller } from '../crm/caller.ts';
import type { Clock } from '../crm/clock.ts';
import { createAttempts } from './attempts.ts';
import { type Authenticator, bearerOf } from './callers.ts';

/** Who came in, or why nobody did. */
export type Admission = Known | Refused;

export interface Known {
  readonly caller: Caller;
  readonly isRouter: boolean;
}

export interface Refused {
  readonly refused: 401 | 429;
  readonly retryAfter?: number;
}

export interface Gate {
  /** Who sent these; undefined: nobody we know. Counts nothing. */
  recognize(credentials: Credentials): Promise<Known | undefined>;
  /** Counts a failure. */
  refuse(address: string): Refused;
  /** Does the one and, where need be, the other. */
  admit(request: GateRequest): Promise<Admission>;
  close(): void;
}

export interface Credentials {
  readonly authorization: string | undefined;
  readonly routerAuthorization: string | undefined;
}

export interface GateRequest extends Credentials {
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

  async function recognize({ authorization, routerAuthorization }: Credentials): Promise<Known | undefined> {
    const routerSecret = bearerOf(routerAuthorization);
    const isRouter = routerSecret !== undefined && isRouterSecret(routerSecret);
    if (routerAuthorization !== undefined && !isRouter) return undefined;
    if (authorization === undefined && isRouter) return { caller: ROUTER_ALONE, isRouter };
    const credential = bearerOf(authorization);
    const caller = credential === undefined ? undefined : await authenticator.identify(credential);
    return caller && { caller, isRouter };
  }

  function refuse(address: string): Refused {
    const retryAfter = attempts.failed(address);
    return retryAfter === undefined ? { refused: 401 } : { refused: 429, retryAfter };
  }

  return {
    recognize,
    refuse,
    admit: async ({ address, ...credentials }) => (await recognize(credentials)) ?? refuse(address),
    close: () => authenticator.close(),
  };
}

const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
