import { isUsualInstant, usualInstant } from '../../crm/instants.ts';
import { dayOrNull, textOrNull } from '../../crm/values.ts';

const TIME_STAMP = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(Z|UTC|[+-]\d{2}:?\d{2})?$/;

/**
 * A documented day stays a day; a time stamp becomes UTC, read in `timeZone` where it names no zone. Of any other
 * spelling behind the day (OpenAPI, LooseDate allows every text there) only the day is certain.
 */
export function looseDateOrNull(value: string | null | undefined, timeZone: string): string | null {
  if (value === undefined || value === null || value.length <= 10) return textOrNull(value);
  if (isUsualInstant(value)) return usualInstant(value);
  const [, day, time, zone] = TIME_STAMP.exec(value) ?? [];
  if (day === undefined) return dayOrNull(value);
  const asIfUtc = Date.parse(`${day}T${time}Z`);
  if (Number.isNaN(asIfUtc)) return day;
  const instant = zone === undefined ? inZone(asIfUtc, timeZone) : asIfUtc - offsetOf(zone);
  return new Date(instant).toISOString();
}

/** The day on which `value`, a day or an instant, falls in the zone: the vendor keeps days only (section 10). */
export function dayIn(value: string, timeZone: string): string {
  const date = looseDateOrNull(value, timeZone) ?? '';
  if (date.length <= 10) return date;
  const instant = Date.parse(date);
  return new Date(instant + offsetOf(formatOf(timeZone).format(instant))).toISOString().slice(0, 10);
}

/** The instant at which clocks in the zone show what `asIfUtc` shows in UTC. */
function inZone(asIfUtc: number, timeZone: string): number {
  const offsetAt = (instant: number) => offsetOf(formatOf(timeZone).format(instant));
  // The second look is for the hours around a change of the clocks.
  return asIfUtc - offsetAt(asIfUtc - offsetAt(asIfUtc));
}

/** Milliseconds east of UTC in a text with `+05:30` or `-0500` at its end; 0 without one. */
function offsetOf(text: string): number {
  const [, sign, hours, minutes] = /([+-])(\d{2}):?(\d{2})$/.exec(text) ?? [];
  const size = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  return sign === '-' ? -size : size;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Shows an instant with the zone's offset at its end. Building one costs far more than using it. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
    formats.set(timeZone, format);
  }
  return format;
}
