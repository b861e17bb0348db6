import { writeFileSync } from 'node:fs';

/** Callers who may read and write, one for each digest of a key: of the tenant `default` unless another is named. */
export function writeCallers(
  file: string,
  keys: readonly (string | { readonly digest: string; readonly tenant: string })[],
): void {
  const scopes = ['customers:read', 'customers:write'];
  const callers = keys.map((key, index) => {
    const { digest, tenant } = typeof key === 'string' ? { digest: key, tenant: 'default' } : key;
    return { id: `caller-${index}`, tenant, scopes, keys: [digest] };
  });
  writeFileSync(file, JSON.stringify({ callers }));
}
