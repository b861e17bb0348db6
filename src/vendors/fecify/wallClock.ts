/**
 * Times as this vendor writes them: `YYYY-MM-DD HH:MM:SS` on a wall clock whose zone is not said (quirk 11).
 * The zone is the account's (question 7).
 */
export interface WallClock {
  /** What the clock shows at this moment, in milliseconds since the epoch. */
  at(time: number): string;
  /**
   * ISO 8601 in UTC. Where summer time ends, the clock shows an hour twice: the first is meant. Where it begins, an
   * hour is never shown: it is read as if the clock had not been changed yet.
   */
  instantOf(text: string): string;
}

export function wallClock(timeZone: string): WallClock {
  // Built once: a formatter costs far more to build than to use.
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });

  function at(time: number): string {
    const parts = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]));
    const { year = '', month, day, hour, minute, second } = parts;
    return `${year.padStart(4, '0')}-${month}-${day} ${hour}:${minute}:${second}`;
  }

  /** Milliseconds the clock is ahead of UTC. */
  const aheadAt = (time: number): number => readAsUtc(at(time)) - time;

  return {
    at,
    instantOf(text) {
      const shown = readAsUtc(text);
      const before = aheadAt(shown - DAY);
      const after = aheadAt(shown + DAY);
      const changed = aheadAt(shown - before) !== before && aheadAt(shown - after) === after;
      return new Date(shown - (changed ? after : before)).toISOString();
    },
  };
}

/** Whether this is a moment in the vendor's spelling: one day of the calendar, one second of the day. */
export function isWallClockText(text: string): boolean {
  const time = readAsUtc(text);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 19).replace('T', ' ') === text;
}

const readAsUtc = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`);
const DAY = 86_400_000;
