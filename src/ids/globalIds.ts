import { aessiv } from '@noble/ciphers/aes.js';
import type { GlobalIds, RecordType } from '../crm/globalIds.ts';
import type { Keys } from './secret.ts';

const VERSION = '1';
const TYPES: Readonly<Record<RecordType, string>> = { Customer: 'c', Tag: 't', Segment: 's' };
const VERSION_CODE = VERSION.charCodeAt(0);
const TYPE_OF = new Map(Object.entries(TYPES).map(([type, letter]) => [letter.charCodeAt(0), type as RecordType]));
/** Behind version, type and two digits. */
const ACCOUNT_AT = 4;
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
      const text = textOf(id);
      if (text === undefined || text.charCodeAt(0) !== VERSION_CODE) return undefined;
      const type = TYPE_OF.get(text.charCodeAt(1));
      const length = 36 * digitAt(text, 2) + digitAt(text, 3);
      // A comparison with what is no number fails.
      if (type === undefined || !(length > 0 && text.length > ACCOUNT_AT + length)) return undefined;
      const account = text.slice(ACCOUNT_AT, ACCOUNT_AT + length);
      return { type, account, vendorId: text.slice(ACCOUNT_AT + length) };
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

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** What each letter of base64url stands for, by its code; -1 for what is none. */
const SIX_BITS = Int8Array.from({ length: 128 }, (_, code) => ALPHABET.indexOf(String.fromCharCode(code)));

/**
 * The text in base64url, as long as it is what `encode` writes: no padding, no second spelling, no broken text. Read letter
 * by letter, because each operation reads its ids twice, and making and comparing buffers takes several times as long.
 */
function textOf(id: string): string | undefined {
  let length = 0;
  let bits = 0;
  let held = 0;
  let all = 0;
  for (let index = 0; index < id.length; index += 1) {
    const value = SIX_BITS[id.charCodeAt(index)] ?? -1;
    if (value < 0) return undefined;
    bits = ((bits << 6) | value) & 0xfff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    const byte = (bits >> held) & 0xff;
    scratch[length] = byte;
    all |= byte;
    length += 1;
  }
  if (held === 6 || (bits & ((1 << held) - 1)) !== 0) return undefined;
  if (all < 128) return scratch.toString('latin1', 0, length);
  const text = scratch.toString('utf8', 0, length);
  return scratch.subarray(0, length).equals(Buffer.from(text, 'utf8')) ? text : undefined;
}

/** The digit of base 36 there; NaN for anything else. */
function digitAt(text: string, index: number): number {
  const code = text.charCodeAt(index);
  if (code >= 48 && code <= 57) return code - 48;
  return code >= 97 && code <= 122 ? code - 87 : Number.NaN;
}
