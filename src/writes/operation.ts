import type { Call } from '../crm/call.ts';
import { CrmError } from '../crm/errors.ts';
import { DryRunEnd } from '../crm/requests.ts';
import type { WriteResult } from '../crm/writer.ts';

/** What a write did, once it is known. */
export type Effect = Omit<WriteResult, 'errors' | 'requests'>;

/** One kind of write to one record, ready to be carried out. */
export interface Operation {
  /** What is wrong with it, without asking the vendor; nothing is sent then. */
  readonly refusals: readonly CrmError[];
  /** Writes that name the same key run one after the other. */
  readonly locks: readonly string[];
  /** E-mails, phones and vendor ids of the people it speaks of. */
  readonly subjects: readonly string[];
  run(call: Call): Promise<Effect>;
  /** After a request whose fate is open: what reads prove to have been done; undefined where they prove nothing. */
  settle(call: Call): Promise<Effect | undefined>;
}

/** More than one thing is wrong with the input; found out by reading, before anything was written. */
export class Refused extends Error {
  readonly refusals: readonly CrmError[];

  constructor(refusals: readonly CrmError[]) {
    super('the input was refused');
    this.refusals = refusals;
  }
}

/**
 * What a read behind a write shows; undefined where it fails, as that does not undo the write, and in a dry run, which
 * has nothing to read.
 */
export async function ifReadable<Answer>(read: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof CrmError || error instanceof DryRunEnd) return undefined;
    throw error;
  }
}
