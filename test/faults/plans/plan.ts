import type { JsonRecord } from '../../../src/emulation/emulator.ts';
import type { Places, Records, Write } from '../writes.ts';

/** A write as its vendor's plan states it; what is left out is as in most. */
type Needed = 'mutation' | 'operation' | 'done' | 'input' | 'isStored';
export type Plan = Pick<Write, Needed> & Partial<Omit<Write, Needed | 'vendor'>>;

export const textOf = (mark: number): string => `Mark ${mark}`;
export const emailOf = (mark: number): string => `mark-${mark}@example.com`;

export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const named = (key: string, rows: unknown, name: string): boolean =>
  list(rows).some((row) => (row as JsonRecord)[key] === name);
export const isNew = (key: string, textFor: (mark: number) => string) => (records: Records, mark: number) =>
  named(key, records.customers, textFor(mark));

/** The person of the mark as the vendor holds it now, found by a key that writes leave alone. */
export const heldBy =
  (key: string, { person }: Places) =>
  (records: Records, mark: number) =>
    records.customers?.find((row) => row[key] === person(mark).record[key]);
