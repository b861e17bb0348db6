/** As much as GraphQL's `Int` can say; nobody waits that long anyway. */
const LONGEST_SECONDS = 2_147_483_647;

/** Seconds from a `Retry-After` header, which holds seconds or an HTTP date; undefined for anything else. */
export function retryAfterSeconds(header: string | string[] | undefined, now: number): number | undefined {
  if (typeof header !== 'string') return undefined;
  if (/^\d+$/.test(header)) return Math.min(Number(header), LONGEST_SECONDS);
  if (!/^[A-Z][a-z]{2}, /.test(header)) return undefined;
  const seconds = Math.ceil((Date.parse(header) - now) / 1_000);
  return seconds >= 0 ? Math.min(seconds, LONGEST_SECONDS) : undefined;
}
