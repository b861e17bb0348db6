/** Telephone numbers, handed in so that resolvers need no library. */
export interface Phones {
  /** `+84363000000` for a number as people write it, read by the rules of `region`; null if it can be no number. */
  toE164(phone: string, region: string): string | null;
  /** Country code and national number of the same (`84`, `363000000`), both digits only; null if it can be no number. */
  parts(phone: string, region: string): { readonly callingCode: string; readonly national: string } | null;
}
