/** What a caller may do. */
export type Scope = 'customers:read' | 'customers:write' | 'customers:delete' | 'vendor-data:read';

/** Who asks: sees the accounts of one tenant only. */
export interface Caller {
  readonly id: string;
  readonly tenant: string;
  readonly scopes: ReadonlySet<Scope>;
  /** Nobody is known behind the request: the supergraph's router asks for itself. */
  readonly isAnonymous?: true;
}

/** Whoever reaches the loopback interface of this machine while there is no authentication. */
export const localCaller: Caller = {
  id: 'local',
  tenant: 'default',
  scopes: new Set<Scope>(['customers:read', 'customers:write', 'customers:delete', 'vendor-data:read']),
};
