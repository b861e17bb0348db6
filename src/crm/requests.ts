import type { Json } from './json.ts';

/**
 * What became of one vendor request of a write.
 * PLANNED: a dry run would have sent it. DONE: answered with success. REFUSED: certainly not carried out.
 * UNKNOWN: sent, and nobody knows.
 */
export type RequestState = 'PLANNED' | 'DONE' | 'REFUSED' | 'UNKNOWN';

/** One vendor request of a write, reads before and after it included; headers, and with them credentials, left out. */
export interface LoggedRequest {
  readonly method: string;
  /** Below the account's base URL, encoded, with the query. */
  readonly path: string;
  /** The path's template: it holds nothing of any customer. */
  readonly template: string;
  readonly body: Json;
  readonly isWrite: boolean;
  state: RequestState;
  /** From the first attempt to the verdict. */
  milliseconds: number;
}

/** The requests of one write, in the order in which they are sent. */
export interface RequestLog {
  /** Reads are sent until the first write would be; from there on nothing is. */
  readonly dryRun: boolean;
  readonly entries: LoggedRequest[];
}

/** A dry run has come as far as it can: what would follow depends on an answer that nobody has. */
export class DryRunEnd extends Error {}

// Nobody outside this process can write a text that passes for a placeholder.
const MARK = crypto.randomUUID();
const PLACEHOLDER = new RegExp(`dry-${MARK}-([A-Za-z]+)-`, 'g');

/** Stands in a dry run for a value that only the answer to an earlier request of the same run would give. */
export const placeholder = (name: string): string => `dry-${MARK}-${name}-`;

export const isPlaceholder = (text: string): boolean => text.startsWith(`dry-${MARK}-`);

/** The text as callers see it: `{customerId}` for each placeholder. */
export const withPlaceholdersNamed = (text: string): string => text.replace(PLACEHOLDER, '{$1}');
