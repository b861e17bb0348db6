import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Cursors } from '../crm/cursors.ts';
import type { Json } from '../crm/json.ts';
import type { Keys } from './secret.ts';

const SIGNATURE_BYTES = 16;
const LONGEST_CURSOR = 262_144;

/** Cursors are base64url of an HMAC-SHA-256 over `boundTo` and the position, followed by the position as JSON. */
export function createCursors(keys: Keys): Cursors {
  return {
    encode(position, boundTo) {
      const [key] = keys.sign;
      if (key === undefined) throw new Error('no key to sign with');
      const body = Buffer.from(JSON.stringify(position), 'utf8');
      return Buffer.concat([sign(key, boundTo, body), body]).toString('base64url');
    },

    decode(cursor, boundTo) {
      if (cursor.length > LONGEST_CURSOR) return undefined;
      const bytes = Buffer.from(cursor, 'base64url');
      if (bytes.length <= SIGNATURE_BYTES || bytes.toString('base64url') !== cursor) return undefined;
      const signature = bytes.subarray(0, SIGNATURE_BYTES);
      const body = bytes.subarray(SIGNATURE_BYTES);
      const valid = keys.sign.some((key) => timingSafeEqual(sign(key, boundTo, body), signature));
      return valid ? (JSON.parse(body.toString('utf8')) as Json) : undefined;
    },
  };
}

function sign(key: Uint8Array, boundTo: string, body: Buffer): Buffer {
  return createHmac('sha256', key)
    .update(`${boundTo.length}:${boundTo}`)
    .update(body)
    .digest()
    .subarray(0, SIGNATURE_BYTES);
}
