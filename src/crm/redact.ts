const LONGEST_INPUT = 2_000;
const LONGEST_MESSAGE = 200;

/**
 * A vendor's words made safe to show: known secrets, e-mail addresses and anything that may be a phone number or key
 * are replaced, markup is dropped and the length is bounded.
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  let clean = text;
  // Before anything is cut, so that no secret is cut in half and survives.
  for (const secret of secrets) if (secret.length > 0) clean = clean.replaceAll(secret, '[redacted]');
  clean = clean
    .slice(0, LONGEST_INPUT)
    .replace(/<[^<>]{0,500}>/g, ' ')
    // Control characters and odd blanks first: they could hide what the next lines look for.
    .replace(/[\p{Cc}\p{Cf}\p{Z}]+/gu, ' ')
    .replace(/[^\s@<>"']{1,100}@[^\s@<>"']{1,100}/g, '[redacted]')
    .replace(/\+?\d[\d .()/-]{5,30}\d/g, '[redacted]')
    // Keys and ids have digits; codes such as PHONE_NUMBER_ALREADY_EXISTS do not.
    .replace(/[A-Za-z0-9_-]{24,}/g, (word) => (/\d/.test(word) ? '[redacted]' : word))
    .trim();
  const cut = clean.length > LONGEST_MESSAGE ? `${clean.slice(0, LONGEST_MESSAGE - 1)}…` : clean;
  return cut.toWellFormed();
}
