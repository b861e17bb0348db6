import type { Call } from '../crm/call.ts';
import type { CustomerEvent } from '../crm/customerEvent.ts';
import type { EventInput } from '../crm/customerInput.ts';
import type { Command, ReceiptEntry, WriteOrder } from '../crm/writer.ts';
import { done } from './customers.ts';
import { ifReadable, type Operation } from './operation.ts';
import { valueIn } from './receipt.ts';
import { identityRefusals } from './refusals.ts';

/**
 * Records an event. Two equal events are two events, so that finding one like it does not prove that a request whose
 * fate is open was carried out.
 */
export function recordEvent({ target, event }: Command<'customerEventRecord'>, { account }: WriteOrder): Operation {
  /** Vendors answer no id: the newest event is taken for it, unless nothing in it is what was sent. */
  async function readBack(sent: CustomerEvent, call: Call): Promise<CustomerEvent | undefined> {
    const { customerEvents } = account.adapter;
    if (customerEvents === undefined) return undefined;
    const page = await ifReadable(() => customerEvents(target.id, { after: undefined, size: 1 }, call));
    const newest = page?.records[0];
    return newest !== undefined && givenNames(event).some((name) => valueIn(newest, name) === sent[name])
      ? newest
      : undefined;
  }

  return {
    refusals: identityRefusals(account, target),
    // One after the other, so that the newest is the one just recorded.
    locks: [`${account.id} events ${target.id}`],
    subjects: [target.id],
    async run(call) {
      const { event: sent } = await done(account.adapter.customerEventRecord)(target, event, call);
      const found = await readBack(sent, call);
      return { outcome: 'CREATED', event: found ?? sent, receipt: receiptOf(event, sent, found) };
    },
    settle: async () => undefined,
  };
}

const givenNames = (event: EventInput): readonly (keyof EventInput)[] =>
  (Object.keys(event) as (keyof EventInput)[]).filter((name) => event[name] !== undefined);

function receiptOf(event: EventInput, sent: CustomerEvent, found: CustomerEvent | undefined): ReceiptEntry[] {
  return givenNames(event).map((name) => {
    const field = ['event', name];
    if (found === undefined) return { field, status: 'UNVERIFIED' };
    const stored = valueIn(found, name);
    if (stored === undefined) return { field, status: 'UNVERIFIED' };
    if (stored === null) return { field, status: 'IGNORED' };
    return stored === event[name] || stored === sent[name]
      ? { field, status: 'APPLIED' }
      : { field, status: 'COERCED', stored };
  });
}
