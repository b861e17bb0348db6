/** Seconds from a `Retry-After` header, which holds seconds or an HTTP date; undefined for anything else. */
export function retryAfterSeconds(header: string | string[] | undefined, now: number): number | undefined {
  if (typeof header !== 'string') return undefined;
  if (/^\d{1,9}$/.test(header)) return Number(header);
  if (!/^[A-Z][a-z]{2}, /.test(header)) return undefined;
  const seconds = Math.ceil((Date.parse(header) - now) / 1_000);
  return seconds >= 0 ? seconds : undefined;
}
