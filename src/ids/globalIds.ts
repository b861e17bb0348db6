import { aessiv } from '@noble/ciphers/aes.js';
import type { GlobalIds, RecordType } from '../crm/globalIds.ts';
import type { Keys } from './secret.ts';

const VERSION = '1';
const TYPES: Readonly<Record<RecordType, string>> = { Customer: 'c', Tag: 't', Segment: 's' };
const TYPE_OF = new Map(Object.entries(TYPES).map(([type, letter]) => [letter, type as RecordType]));
const LONGEST_ID = 1_024;
/** Bytes that one unit of a text takes at most. */
const LONGEST_UTF8 = 3;
const scratch = Buffer.alloc(LONGEST_ID);

/**
 * Ids are base64url of `1` + type + length of the account id + account id + vendor id: no call and no key is needed
 * to read one, so they are as cheap as a field. A vendor id that is personal data is sealed before it gets in here.
 */
export function createGlobalIds(keys: Keys): GlobalIds {
  return {
    encode(type, account, vendorId) {
      const text = `${VERSION}${TYPES[type]}${account.length.toString(36).padStart(2, '0')}${account}${vendorId}`;
      // An answer has hundreds of ids, and each buffer of its own is garbage a moment later.
      if (text.length * LONGEST_UTF8 > scratch.length) return Buffer.from(text, 'utf8').toString('base64url');
      return scratch.toString('base64url', 0, scratch.write(text, 'utf8'));
    },

    decode(id) {
      if (id.length === 0 || id.length > LONGEST_ID) return undefined;
      const bytes = Buffer.from(id, 'base64url');
      const text = bytes.toString('utf8');
      // Only what `encode` writes is an id: no padding, no second spelling, no broken text.
      if (bytes.toString('base64url') !== id || !bytes.equals(Buffer.from(text, 'utf8'))) return undefined;
      const type = TYPE_OF.get(text.charAt(1));
      const length = Number.parseInt(text.slice(2, 4), 36);
      if (text.charAt(0) !== VERSION || type === undefined || !/^[0-9a-z]{2}$/.test(text.slice(2, 4))) return undefined;
      const account = text.slice(4, 4 + length);
      const vendorId = text.slice(4 + length);
      if (account.length !== length || length === 0 || vendorId === '') return undefined;
      return { type, account, vendorId };
    },

    seal(account, naturalKey) {
      const [key] = keys.seal;
      if (key === undefined) throw new Error('no key to seal with');
      const sealed = aessiv(key, Buffer.from(account)).encrypt(Buffer.from(naturalKey, 'utf8'));
      return Buffer.from(sealed).toString('base64url');
    },

    unseal(account, sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < 17 || bytes.toString('base64url') !== sealed) return undefined;
      for (const key of keys.seal) {
        try {
          return Buffer.from(aessiv(key, Buffer.from(account)).decrypt(bytes)).toString('utf8');
        } catch {
          // Not sealed with this key; perhaps with the previous one.
        }
      }
      return undefined;
    },
  };
}
