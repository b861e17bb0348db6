import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM under the first key; readable with any of them, so that secrets can be rotated. */
export function createSeal(keys: readonly Uint8Array[]) {
  const [current] = keys;
  if (current === undefined) throw new Error('no key to seal with');
  return {
    /** @param purpose is sealed in: text sealed for one purpose cannot be opened for another */
    seal(text: string, purpose: string): Uint8Array {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', current, nonce).setAAD(Buffer.from(purpose));
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
    },

    /** Undefined for what was not sealed for this purpose with a key we know. */
    open(bytes: Uint8Array, purpose: string): string | undefined {
      const sealed = Buffer.from(bytes);
      for (const key of keys) {
        try {
          const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES))
            .setAAD(Buffer.from(purpose))
            .setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
          const text = decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES));
          return Buffer.concat([text, decipher.final()]).toString('utf8');
        } catch {
          // Not sealed with this key; perhaps with the previous one.
        }
      }
      return undefined;
    },

    /** Keyed digests of the parts under every key, the current one first. */
    digests: (parts: readonly string[]): readonly string[] =>
      keys.map((key) => createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url')),
  };
}
