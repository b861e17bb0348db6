import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { redact } from '../../src/crm/redact.ts';

const SETTINGS = { seed: 20_260_301, numRuns: 1_000 };
const LONGEST = 200;

const words = fc.string({ unit: 'binary', maxLength: 60 });
const phone = fc.stringMatching(/^\+?\d{2,3}[ .-]?\d{2,3}[ .-]?\d{3,4}$/);
const key = fc.stringMatching(/^[A-Za-z0-9_-]{24,80}$/);
/** What a vendor might say: words with something in between that must not be shown. */
const around = (hidden: fc.Arbitrary<string>) => fc.tuple(words, hidden, words);

test('no e-mail address survives', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(words, fc.emailAddress()), { maxLength: 8 }), (parts) => {
      expect(redact(parts.join(' '))).not.toMatch(/[\w.+-]+@[\w-]+/);
    }),
    SETTINGS,
  );
});

/** Quotes end an address here, so that quoted ones are found. */
const plainAddress = fc.emailAddress().filter((address) => !address.includes("'"));

test('an e-mail address is hidden whatever stands around it', () => {
  fc.assert(
    fc.property(plainAddress, fc.constantFrom('"', '<', '(', ' ', ':', '=', '\n', '\0'), (address, border) => {
      const [name = '', host = ''] = address.split('@');
      const shown = redact(`about ${border}${address}${border} we know`);
      // A name may by chance be part of the words around it.
      if (name.length > 5) expect(shown).not.toContain(name);
      expect(shown).not.toContain(`@${host}`);
    }),
    SETTINGS,
  );
});

test('no run of seven or more digits survives', () => {
  const digits = fc.stringMatching(/^\d{1,60}$/);
  fc.assert(
    fc.property(fc.array(fc.oneof(words, digits, fc.constantFrom('<b>', '+', '\n')), { maxLength: 10 }), (parts) => {
      expect(redact(parts.join(''))).not.toMatch(/\d{7}/);
    }),
    SETTINGS,
  );
});

test.each([
  '+593 99 123 4567',
  '(099) 123-4567',
  '099.123.4567',
  '+84363000007',
  '099\t123\t4567',
  '099\u00a0123\u00a04567',
])('the phone %j is hidden', (phone) => {
  expect(redact(`call ${phone} now`)).not.toContain('567');
  expect(redact(`call ${phone} now`)).toMatch(/^call .*now$/);
});

test('phones are hidden whatever words stand around them', () => {
  fc.assert(
    fc.property(around(phone), (parts) => {
      expect(redact(parts.join(' '))).not.toContain(parts[1]);
    }),
    SETTINGS,
  );
});

test('a known secret is hidden, also a short one', () => {
  const secret = fc.string({ minLength: 8, maxLength: 40 }).filter((text) => !'[redacted]'.includes(text.trim()));
  fc.assert(
    fc.property(fc.tuple(words, secret, words), (parts) => {
      expect(redact(parts.join(''), ['', parts[1]])).not.toContain(parts[1]);
    }),
    SETTINGS,
  );
});

test('a secret is not shown in part where the text is cut', () => {
  const secret = 'pass phrase: blue horse';
  for (let length = 1_960; length < 2_000; length += 1) {
    // Markup is dropped, so that what stands behind it moves to the front.
    const text = `<${'p'.repeat(400)}>`.repeat(4).padEnd(length) + secret;
    expect(redact(text, [secret])).not.toContain('pass');
  }
});

test('anything that may be a key is hidden', () => {
  fc.assert(
    fc.property(around(key), (parts) => {
      expect(redact(parts.join(' '))).not.toContain(parts[1]);
    }),
    SETTINGS,
  );
});

test('what is shown is one short line', () => {
  const long = fc.string({ unit: 'binary', minLength: 150, maxLength: 3_000, size: 'max' });
  fc.assert(
    fc.property(long, (text) => {
      const shown = redact(text);
      expect(shown.length).toBeLessThanOrEqual(LONGEST);
      expect(shown).not.toMatch(/[\n\r\0]/);
    }),
    { ...SETTINGS, numRuns: 200 },
  );
});

test.each([0, 1])('a text is never cut in the middle of a character (%i letters before it)', (letters) => {
  expect(redact('a'.repeat(letters) + '😀 '.repeat(900)).isWellFormed()).toBe(true);
  expect(redact('a'.repeat(letters) + '😀'.repeat(900)).isWellFormed()).toBe(true);
});

test('markup is dropped, plain words are left alone', () => {
  expect(redact('<h1>Not <b>allowed</b></h1>')).toBe('Not allowed');
  expect(redact('Số điện thoại 12 không hợp lệ')).toBe('Số điện thoại 12 không hợp lệ');
});

test('hostile text of a megabyte is no work', () => {
  for (const piece of ['<', '@', 'a@', '1 ', '(', 'a']) {
    expect(redact(piece.repeat(1_000_000 / piece.length)).length).toBeLessThanOrEqual(LONGEST);
  }
});
