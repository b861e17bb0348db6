import type { Call } from '../crm/call.ts';
import type { Clock } from '../crm/clock.ts';
import { CrmError } from '../crm/errors.ts';
import { DryRunEnd, type LoggedRequest } from '../crm/requests.ts';
import type { AuditEntry, WriteCommand, WriteOrder, WriteResult, Writer } from '../crm/writer.ts';
import type { WriteStore } from '../crm/writeStore.ts';
import { changeTags, deleteCustomer, storeCustomer } from './customers.ts';
import { recordEvent } from './events.ts';
import { createLocks } from './locks.ts';
import { createOnce } from './once.ts';
import { type Operation, Refused } from './operation.ts';
import { changeMembers, createSegment } from './segments.ts';
import { createTag } from './tags.ts';
import { cannot, writeErrorOf } from './writeErrors.ts';

export interface WriterParts {
  readonly store: WriteStore;
  readonly clock: Clock;
  /** Told of each request that changed something, or may have. */
  audit(entry: AuditEntry): void;
  /** Told of failures that are nobody's fault but ours. */
  reportDefect(error: unknown, correlationId: string): void;
}

/**
 * Carries writes out: refuses what cannot be done before anything is sent, one idempotency key once, writes to one
 * record one after the other; sends; finds out what became of a request whose fate is open; says of each field what was
 * really stored; and leaves a line for each request that changed something.
 */
export function createWriter({ store, clock, audit, reportDefect }: WriterParts): Writer {
  const locks = createLocks(clock);
  const once = createOnce(store, clock, (error) => reportDefect(error, crypto.randomUUID()));

  /** @param send false: an earlier attempt was cut off, and only reads may find out what became of it */
  async function carryOut(operation: Operation, order: WriteOrder, send: boolean): Promise<WriteResult> {
    const entries: LoggedRequest[] = [];
    // Without the caller's signal: who leaves in the middle must not leave half a write behind.
    const { signal: _, ...rest } = order.call;
    const call: Call = { ...rest, requests: { dryRun: order.dryRun, entries } };
    try {
      if (!send) throw new CrmError('OUTCOME_UNKNOWN', { executed: 'unknown' });
      const effect = await operation.run(call);
      return order.dryRun ? planned(entries) : { ...effect, errors: [], requests: entries };
    } catch (thrown) {
      if (thrown instanceof DryRunEnd) return planned(entries);
      if (thrown instanceof Refused) return refused(thrown.refusals, order, entries);
      return await afterFailure(operation, order, call, asCrmError(thrown), entries);
    } finally {
      for (const entry of entries) {
        if (entry.isWrite && entry.state !== 'PLANNED') audit(auditEntry(entry, order));
      }
    }
  }

  async function afterFailure(
    operation: Operation,
    order: WriteOrder,
    call: Call,
    error: CrmError,
    entries: LoggedRequest[],
  ): Promise<WriteResult> {
    const writes = entries.filter(({ isWrite }) => isWrite);
    const isOpen = error.code === 'OUTCOME_UNKNOWN';
    // Its status was good and its answer made no sense: sent, and nobody knows.
    const last = writes.at(-1);
    if (isOpen && last?.state === 'DONE') last.state = 'UNKNOWN';
    if (isOpen || writes.some(({ state }) => state === 'UNKNOWN')) {
      const effect = await settled(operation, call);
      if (effect !== undefined) return { ...effect, errors: [], requests: entries };
      const unknown = isOpen ? error : new CrmError('OUTCOME_UNKNOWN', { ...error.facts, executed: 'unknown' });
      return { outcome: 'UNKNOWN', errors: [writeErrorOf(unknown, order)], receipt: [], requests: entries };
    }
    const outcome = writes.some(({ state }) => state === 'DONE') ? 'PARTLY_EXECUTED' : 'NOT_EXECUTED';
    return { outcome, errors: [writeErrorOf(error, order)], receipt: [], requests: entries };
  }

  /** Looking a write up may fail like anything else: then it stays open. */
  async function settled(operation: Operation, call: Call) {
    try {
      return await operation.settle(call);
    } catch (error) {
      asCrmError(error);
      return undefined;
    }
  }

  function asCrmError(thrown: unknown): CrmError {
    if (thrown instanceof CrmError) return thrown;
    const correlationId = crypto.randomUUID();
    reportDefect(thrown, correlationId);
    return new CrmError('INTERNAL_SERVER_ERROR', { correlationId });
  }

  const auditEntry = (entry: LoggedRequest, order: WriteOrder): AuditEntry => ({
    at: new Date(clock.now()).toISOString(),
    tenant: order.caller.tenant,
    caller: order.caller.id,
    account: order.account.id,
    vendor: order.account.vendor,
    mutation: order.mutation,
    request: `${entry.method} ${entry.template}`,
    outcome: entry.state,
    milliseconds: Math.round(entry.milliseconds),
    keyDigest: order.idempotencyKey === undefined ? null : once.digest(order.idempotencyKey, order),
  });

  return {
    async perform(command, order) {
      const { account, capability, idempotencyKey, dryRun } = order;
      if (!account.capabilities.includes(capability)) {
        const message = `This account lacks the capability ${capability}; see what it can do in its capabilities.`;
        return refused([cannot(capability, message)], order);
      }
      const operation = operationOf(command, order, clock.now);
      if (operation.refusals.length > 0) return refused(operation.refusals, order);
      if (order.call.signal?.aborted) return refused([new CrmError('NOT_ATTEMPTED', { executed: 'no' })], order);
      if (dryRun) return carryOut(operation, order, true);
      const alone = (send: boolean) =>
        locks.holding(operation.locks, order.call.deadline, () => {
          account.forget?.();
          return carryOut(operation, order, send);
        });
      try {
        if (idempotencyKey === undefined) return await alone(true);
        return await once.perform(idempotencyKey, order, {
          subjects: operation.subjects,
          run: () => alone(true),
          recover: () => alone(false),
        });
      } catch (thrown) {
        return refused([asCrmError(thrown)], order);
      } finally {
        // Reads must show the write from now on, wherever it was carried out.
        account.forget?.();
      }
    },

    isOtherBatch: (order) => order.idempotencyKey !== undefined && once.isOtherBatch(order.idempotencyKey, order),
  };
}

function operationOf(command: WriteCommand, order: WriteOrder, now: () => number): Operation {
  switch (command.kind) {
    case 'customerCreate':
    case 'customerUpdate':
    case 'customerUpsert':
      return storeCustomer(command, order, now);
    case 'customerDelete':
      return deleteCustomer(command, order);
    case 'customerTagsAdd':
    case 'customerTagsRemove':
    case 'customerTagsReplace':
      return changeTags(command, order);
    case 'tagCreate':
      return createTag(command, order);
    case 'segmentCreate':
      return createSegment(command, order);
    case 'segmentCustomersAdd':
    case 'segmentCustomersRemove':
      return changeMembers(command, order);
    case 'customerEventRecord':
      return recordEvent(command, order);
  }
}

const planned = (requests: readonly LoggedRequest[]): WriteResult => ({
  outcome: 'NOT_EXECUTED',
  errors: [],
  receipt: [],
  requests,
});

const refused = (
  errors: readonly CrmError[],
  order: WriteOrder,
  requests: readonly LoggedRequest[] = [],
): WriteResult => ({
  outcome: 'NOT_EXECUTED',
  errors: errors.map((error) => writeErrorOf(error, order)),
  receipt: [],
  requests,
});
