import { isUsualInstant, usualInstant } from './instants.ts';

/** Vendors write "nothing" as null, as an empty text or by leaving the field out: all three are null here. */
export const textOrNull = (value: string | null | undefined): string | null =>
  value === undefined || value === null || value === '' ? null : value;

/** An ISO 8601 instant with any offset, in UTC with milliseconds. */
export function instantOrNull(value: string | null | undefined): string | null {
  if (value === undefined || value === null || value === '') return null;
  return isUsualInstant(value) ? usualInstant(value) : new Date(value).toISOString();
}

/** The day of an ISO 8601 day or instant, as it is written. */
export const dayOrNull = (value: string | null | undefined): string | null =>
  value === undefined || value === null || value === '' ? null : value.slice(0, 10);

/** A plain day stays a day, an instant becomes UTC: nothing is made more precise than it is. */
export const dayOrInstantOrNull = (value: string | null | undefined): string | null =>
  value === undefined || value === null || value.length <= 10 ? textOrNull(value) : instantOrNull(value);

/** Decimal text without exponent; numbers keep the digits they arrived with. */
export const decimalOrNull = (value: number | string | null | undefined): string | null =>
  value === undefined || value === null || value === ''
    ? null
    : typeof value === 'string'
      ? value
      : value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 });
