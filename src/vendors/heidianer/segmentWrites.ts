import type { AccountFacts } from '../../crm/account.ts';
import type { Adapter } from '../../crm/adapter.ts';
import type { Call } from '../../crm/call.ts';
import { CrmError } from '../../crm/errors.ts';
import { placeholder } from '../../crm/requests.ts';
import type { Segment } from '../../crm/segment.ts';
import type { Client } from './client.ts';
import { requireId } from './ids.ts';
import { only, wireSegment } from './wire.ts';

const SEGMENTS = '/api/crm/segment/';
const MEMBERS = '/api/crm/segment/{id}/segment_customer/';

/** Everything that changes segments. */
export function createSegmentWrites(account: AccountFacts, readSegment: (row: unknown) => Segment, client: Client) {
  function requireIds(segmentId: string, customerIds: readonly string[]): void {
    requireId(segmentId);
    for (const [index, id] of customerIds.entries()) requireId(id, `customerIds.${index}`);
    // An empty `customer__in` might empty the segment (quirk 14).
    if (customerIds.length > 0) return;
    throw new CrmError('BAD_USER_INPUT', {
      executed: 'no',
      field: 'customerIds',
      message: '"customerIds" is empty; name at least one customer.',
    });
  }

  const segmentAfter = (id: string, answer: unknown): Segment =>
    answer === undefined ? { account, vendorId: id } : readSegment(answer);

  return {
    async segmentCreate(title: string, call: Call): Promise<Segment> {
      const dryAnswer = { id: placeholder('segmentId'), title, customers: [] };
      const answer = await client.write(
        { method: 'POST', path: SEGMENTS, body: { title } },
        wireSegment,
        dryAnswer,
        call,
      );
      if (answer !== undefined) return readSegment(answer);
      throw new CrmError('OUTCOME_UNKNOWN', {
        executed: 'unknown',
        safeToRepeat: false,
        message: 'The CRM made the segment without showing its id; look for the title in the list of segments.',
      });
    },

    async segmentCustomersAdd(segmentId: string, customerIds: readonly string[], call: Call): Promise<Segment> {
      requireIds(segmentId, customerIds);
      const body = [...new Set(customerIds)].map((id) => ({ customer_id: Number(id) }));
      const answer = await client.write(
        { method: 'POST', path: MEMBERS, pathValues: { id: segmentId }, body },
        only(wireSegment, segmentId),
        { id: segmentId, customers: customerIds.map((id) => ({ id })) },
        call,
      );
      return segmentAfter(segmentId, answer);
    },

    /** A DELETE that answers the segment (quirk 5). */
    async segmentCustomersRemove(segmentId: string, customerIds: readonly string[], call: Call): Promise<Segment> {
      requireIds(segmentId, customerIds);
      const query = { customer__in: [...new Set(customerIds)].join(',') };
      const answer = await client.write(
        { method: 'DELETE', path: MEMBERS, pathValues: { id: segmentId }, query },
        only(wireSegment, segmentId),
        { id: segmentId, customers: [] },
        call,
      );
      return segmentAfter(segmentId, answer);
    },
  } satisfies Partial<Adapter>;
}
