const LONGEST_MESSAGE = 200;

/**
 * A vendor's words made safe to show: known secrets, e-mail addresses and anything that may be a phone number or key
 * are replaced, markup is dropped and the length is bounded.
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  let clean = text.slice(0, 2_000);
  for (const secret of secrets) if (secret.length > 0) clean = clean.replaceAll(secret, '[redacted]');
  clean = clean
    .replace(/<[^<>]{0,500}>/g, ' ')
    .replace(/[^\s@<>"']{1,100}@[^\s@<>"']{1,100}/g, '[redacted]')
    .replace(/\+?\d[\d .()-]{5,30}\d/g, '[redacted]')
    .replace(/[A-Za-z0-9_-]{24,}/g, '[redacted]')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: taking control characters out is the purpose
    .replace(/[\u0000-\u001f\u007f]+/g, ' ')
    .trim();
  return clean.length > LONGEST_MESSAGE ? `${clean.slice(0, LONGEST_MESSAGE - 1)}…` : clean;
}
