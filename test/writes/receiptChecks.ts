import type { JsonRecord } from '../../src/emulation/emulator.ts';
import type { Graph } from '../support/graph.ts';
import { type GeneratedWrite, recordOf } from './generated.ts';
import type { Values } from './inputs.ts';
import { ANSWER_ONLY, customText, heldIn, isSame, readNow } from './stored.ts';

// Compares a receipt with what the vendor holds and with what it shows.

export interface Entry {
  readonly field: readonly string[];
  readonly status: string;
  readonly stored: string | null;
}

/** One thing that a receipt must speak of. */
interface Unit {
  readonly place: string;
  readonly field: string;
  /** Whether these values, by the names of `CustomerInput`, are as this was asked for. */
  holds(values: Values): boolean;
  /** What these values hold in its place. */
  heldIn(values: Values): unknown;
}

function unitsOf({ mutation, asked, path }: GeneratedWrite): readonly Unit[] {
  const gone = mutation === 'customerTagsRemove';
  return Object.entries(asked).flatMap(([field, value]): Unit[] => {
    const place = [...path, field].join('.');
    if (field === 'tags') {
      return (value as Values[]).map(({ name }, index) => {
        const carries = ({ tags }: Values) => (tags as unknown[]).includes(name);
        return { place: `${place}.${index}`, field, holds: (held) => carries(held) !== gone, heldIn: carries };
      });
    }
    if (field === 'customFields') {
      return (value as Values[]).map((given, index) => {
        const valueIn = ({ customFields }: Values) => (customFields as Values)[String(given.name)];
        return {
          place: `${place}.${index}`,
          field,
          holds: (held) => isSameValue(given, valueIn(held)),
          heldIn: valueIn,
        };
      });
    }
    const valueIn = (held: Values) => held[field];
    return [{ place, field, holds: (held) => isSame(value, held[field]), heldIn: valueIn }];
  });
}

/** 12.50 and 12.5 are one number. */
const isSameValue = (given: Values, held: unknown): boolean =>
  'number' in given && textOf(held) ? Number(given.number) === Number(held) : isSame(customText(given), textOf(held));

const textOf = (value: unknown): unknown => (value === undefined || value === null ? value : String(value));

/** What became of one asked-for thing, and what the receipt says of it. */
export interface Finding {
  readonly place: string;
  readonly field: string;
  readonly status: string | undefined;
  readonly stored: string | null | undefined;
  /** Whether a read or the vendor's answer shows the field. */
  readonly isShown: boolean;
  /** Whether what is shown is what was asked for. */
  readonly isAsShown: boolean;
  /** Whether the vendor holds what was asked for. */
  readonly isHeld: boolean;
  readonly shown: unknown;
  readonly before: unknown;
}

/**
 * @param key the vendor's key of the record
 * @param before the record before the write
 */
export async function findings(
  graph: Graph,
  vendor: string,
  write: GeneratedWrite,
  { receipt, id, key, before }: { receipt: readonly Entry[]; id: string; key: string; before: JsonRecord | undefined },
): Promise<readonly Finding[]> {
  const record = recordOf(graph, vendor, key);
  const held = record === undefined ? {} : heldIn(graph, vendor, record);
  const earlier = before === undefined ? {} : heldIn(graph, vendor, before);
  const read = (await readNow(graph, id)) ?? {};
  return unitsOf(write).map((unit): Finding => {
    const { place, field } = unit;
    const entry = receipt.find((each) => each.field.join('.') === place);
    const inAnswer = record !== undefined && (ANSWER_ONLY[vendor] ?? []).includes(field);
    const shown = field in read ? read : inAnswer ? held : undefined;
    return {
      place,
      field,
      status: entry?.status,
      stored: entry?.stored,
      isShown: shown !== undefined,
      isAsShown: shown !== undefined && unit.holds(shown),
      isHeld: field in held && unit.holds(held),
      shown: shown === undefined ? undefined : unit.heldIn(shown),
      before: field in earlier ? unit.heldIn(earlier) : undefined,
    };
  });
}
