import { createRemoteJWKSet, jwtVerify } from 'jose';
import type { Clock } from '../crm/clock.ts';
import { type Authenticator, isScope } from './callers.ts';

export interface JwtOptions {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUrl: URL;
  /** Claim that names the tenant. */
  readonly tenantClaim: string;
}

/** Only signatures that the issuer alone can make: a shared secret or "none" would let anybody in. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const LONGEST_SUBJECT = 255;

/** JSON Web Tokens of one issuer. `sub` names the caller, `scope` (text) or `scp` (list) what it may do. */
export function createJwt({ issuer, audience, jwksUrl, tenantClaim }: JwtOptions, clock: Clock): Authenticator {
  const keys = createRemoteJWKSet(jwksUrl, { timeoutDuration: 3_000, cooldownDuration: 10_000 });
  return {
    async identify(credential) {
      try {
        const { payload } = await jwtVerify(credential, keys, {
          issuer,
          audience,
          algorithms: ALGORITHMS,
          requiredClaims: ['sub', 'exp'],
          clockTolerance: 5,
          currentDate: new Date(clock.now()),
        });
        const tenant = payload[tenantClaim];
        const { sub } = payload;
        if (typeof tenant !== 'string' || !NAME.test(tenant) || sub === undefined || sub.length > LONGEST_SUBJECT)
          return undefined;
        const granted = typeof payload.scope === 'string' ? payload.scope.split(' ') : payload.scp;
        return { id: sub, tenant, scopes: new Set(Array.isArray(granted) ? granted.filter(isScope) : []) };
      } catch {
        // Expired, forged, for somebody else, or the keys could not be fetched: nobody we know.
        return undefined;
      }
    },
    close() {},
  };
}
