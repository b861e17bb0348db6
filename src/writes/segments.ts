import type { Segment } from '../crm/segment.ts';
import type { Command, ReceiptEntry, WriteOrder } from '../crm/writer.ts';
import { done } from './customers.ts';
import { ifReadable, type Operation } from './operation.ts';
import { provesWrite } from './receipt.ts';

/** Makes a segment. Titles are not unique, so that no look-up can tell whether one was made. */
export function createSegment({ title }: Command<'segmentCreate'>, { account }: WriteOrder): Operation {
  return {
    refusals: [],
    locks: [],
    subjects: [],
    async run(call) {
      const segment = await done(account.adapter.segmentCreate)(title, call);
      return { outcome: 'CREATED', segment, receipt: [titleEntry(title, segment)] };
    },
    settle: async () => undefined,
  };
}

function titleEntry(title: string, segment: Segment): ReceiptEntry {
  const field = ['title'];
  if (segment.title === title) return { field, status: 'APPLIED' };
  if (segment.title === undefined) return { field, status: 'UNVERIFIED' };
  return segment.title === null ? { field, status: 'IGNORED' } : { field, status: 'COERCED', stored: segment.title };
}

/** Puts customers into a segment or takes them out. */
export function changeMembers(
  command: Command<'segmentCustomersAdd' | 'segmentCustomersRemove'>,
  { account, verifyAlways }: WriteOrder,
): Operation {
  const { id, customerIds } = command;
  const isAdd = command.kind === 'segmentCustomersAdd';

  function receipt({ customers }: Segment): ReceiptEntry[] {
    const members = customers === undefined ? undefined : new Set(customers.records.map(({ vendorId }) => vendorId));
    return customerIds.map((customerId, index) => {
      const field = ['customerIds', String(index)];
      if (members === undefined) return { field, status: 'UNVERIFIED' };
      return { field, status: members.has(customerId) === isAdd ? 'APPLIED' : 'IGNORED' };
    });
  }

  return {
    refusals: [],
    locks: [`${account.id} segment ${id}`],
    subjects: customerIds,
    async run(call) {
      const answered = await done(account.adapter[command.kind])(id, customerIds, call);
      const { segmentById } = account.adapter;
      const mustRead = segmentById !== undefined && (verifyAlways || answered.customers === undefined);
      const segment = (mustRead ? await ifReadable(() => segmentById(id, call)) : answered) ?? answered;
      return { outcome: 'UPDATED', segment, receipt: receipt(segment) };
    },
    async settle(call) {
      const { segmentById } = account.adapter;
      const segment = segmentById === undefined ? undefined : await ifReadable(() => segmentById(id, call));
      if (segment === undefined || segment === null) return undefined;
      const entries = receipt(segment);
      return provesWrite(entries) ? { outcome: 'UPDATED', segment, receipt: entries } : undefined;
    },
  };
}
