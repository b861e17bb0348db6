import { hkdfSync } from 'node:crypto';

/** Keys for one purpose each, derived from `CRM_SECRET`; the first is used, all are accepted (rotation). */
export interface Keys {
  readonly seal: readonly Uint8Array[];
  readonly sign: readonly Uint8Array[];
  readonly store: readonly Uint8Array[];
}

/** @param secrets the current secret and, while it is being replaced, the previous one */
export function deriveKeys(secrets: readonly string[]): Keys {
  const derive = (purpose: string, length: number) =>
    secrets.map((secret) => new Uint8Array(hkdfSync('sha256', secret, 'crm-federation', purpose, length)));
  return { seal: derive('natural keys', 64), sign: derive('cursors', 32), store: derive('write store', 32) };
}
