import type { Caller, Scope } from '../crm/caller.ts';

/** Finds out who sent a credential. Undefined: nobody we know; never says why, so that nothing can be guessed at. */
export interface Authenticator {
  identify(credential: string): Promise<Caller | undefined>;
  close(): void;
}

export const SCOPES: readonly Scope[] = ['customers:read', 'customers:write', 'customers:delete', 'vendor-data:read'];

export const isScope = (value: unknown): value is Scope => (SCOPES as readonly unknown[]).includes(value);

/** The credential of an `Authorization: Bearer ...` header; undefined for anything else. */
export function bearerOf(header: string | undefined): string | undefined {
  return /^Bearer ([A-Za-z0-9._~+/=-]{1,8192})$/i.exec(header ?? '')?.[1];
}
