import fc from 'fast-check';
import type { Exchange } from '../../src/emulation/emulator.ts';

// What a vendor may do to a write on the way to its records.

export interface Distortion {
  readonly kind: 'drop' | 'cut' | 'alter';
  /** Which of the body's values, counted through at every depth. */
  readonly nth: number;
}

export const distortions: fc.Arbitrary<Distortion> = fc.record({
  kind: fc.constantFrom('drop', 'cut', 'alter'),
  nth: fc.nat(),
});

const READS = new Set(['customerShow', 'customerList', 'customerListTag']);

/** Whether a request changes something at the vendor; LadiFlow reads with POST. */
export const isWrite = (exchange: Pick<Exchange, 'operation' | 'method'> | undefined): boolean =>
  exchange !== undefined && exchange.method !== 'GET' && !READS.has(exchange.operation);

/** Drops, cuts or alters one value of the customer that would be stored. */
export function distorted({ kind, nth }: Distortion) {
  return (operation: string, body: unknown): unknown => {
    const isCustomer = !READS.has(operation) && operation !== 'customerCreateTag';
    if (!isCustomer || typeof body !== 'object' || body === null) return body;
    const copy = structuredClone(body);
    const places = placesIn(copy);
    const place = places[nth % places.length];
    if (place === undefined) return copy;
    const value = place.holder[place.key];
    if (kind === 'drop') drop(place);
    else place.holder[place.key] = kind === 'cut' ? cut(value) : altered(value);
    return copy;
  };
}

interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

function placesIn(value: unknown): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key])]);
}

function drop({ holder, key }: Place): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}

function cut(value: unknown): unknown {
  if (typeof value === 'string') return value.slice(0, Math.ceil(value.length / 2));
  return Array.isArray(value) ? value.slice(0, -1) : value;
}

const OTHER: Readonly<Record<string, string>> = { male: 'female', female: 'male', Nam: 'Nữ', Nữ: 'Nam' };

function altered(value: unknown): unknown {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value === 1 ? 2 : value - 1;
  if (typeof value !== 'string') return value;
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return '1999-12-31';
  if (/^[\d +]+$/.test(value)) return value.slice(0, -1) + ((Number(value.at(-1)) + 1) % 10);
  return OTHER[value] ?? `x${value}`;
}

/** The answer with what was sent in place of what was stored. */
export function echoed(vendor: string, answer: unknown, sent: unknown): unknown {
  const [shown, given] = [answer as Record<string, unknown>, sent as Record<string, unknown>];
  if (vendor === 'heidianer') return { ...shown, ...given };
  const { data } = shown;
  const isRecord = vendor === 'ladiflow' && typeof data === 'object' && data !== null && '_id' in data;
  return isRecord ? { ...shown, data: { ...data, ...given } } : shown;
}
