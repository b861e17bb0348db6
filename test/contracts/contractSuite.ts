import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CustomerFilter, EventFilter } from '../../src/crm/adapter.ts';
import type { Capability } from '../../src/crm/capabilities.ts';
import type { Vendor } from '../../src/vendors/vendor.ts';
import { startGraph } from '../support/graph.ts';
import type { Check } from './check.ts';
import { CUSTOMER_CHECKS } from './customerChecks.ts';
import { expectTrueCustomerFields } from './customerFields.ts';
import {
  CUSTOMER_FILTER_CHECKS,
  EVENT_FILTER_CHECKS,
  expectCustomerFilter,
  expectEventFilter,
} from './filterChecks.ts';
import { LIST_CHECKS } from './listChecks.ts';
import { contractOf } from './openApi.ts';
import { CUSTOMERS, type Expectations, type Row, type Subject, subjectOf } from './subject.ts';
import { OTHER_WRITE_CHECKS, TAG_WRITE_CHECKS } from './tagWriteChecks.ts';
import { WRITE_CHECKS } from './writeChecks.ts';
import { expectTrueCustomerWrites } from './writeStatements.ts';

/** The secret ids are sealed with here, for vendors whose customers have no id but a sealed e-mail. */
export const SECRET = 'the secret of the contract suite, long enough';

/** One entry per capability: the compiler notices a new one that nobody checks. */
const CAPABILITY_CHECKS: Readonly<Record<Capability, Check>> = {
  ...CUSTOMER_CHECKS,
  ...LIST_CHECKS,
  ...WRITE_CHECKS,
  ...TAG_WRITE_CHECKS,
  ...OTHER_WRITE_CHECKS,
};
const capabilityNames = Object.keys(CAPABILITY_CHECKS) as Capability[];
const isWrite = (name: Capability): boolean => !(name in CUSTOMER_CHECKS || name in LIST_CHECKS);

/**
 * What every vendor owes, asked for through GraphQL in front of the vendor's emulator: each capability it has keeps its
 * promise, each it lacks is refused unasked, and the vendor never sees a request its contract does not know.
 */
export function contractSuite(vendor: Vendor, expectations: Expectations): void {
  describe(`${vendor.label}, as every CRM`, () => {
    let subject: Subject;
    beforeAll(async () => {
      const graph = await startGraph({ vendors: [vendor], customers: CUSTOMERS, config: { secrets: [SECRET] } });
      subject = await subjectOf(vendor, graph, expectations);
    });
    afterAll(() => subject.graph.stop());

    test('has the capabilities it is known to have, as vendor and as account', async () => {
      const data = await subject.ask('{ vendors { key capabilities } accounts { id capabilities } }');
      const capabilities = expectations.capabilities.toSorted();
      const sorted = (rows: readonly Row[]) =>
        rows.map((row) => ({ ...row, capabilities: row.capabilities.toSorted() }));
      expect(sorted(data.vendors)).toEqual([{ key: vendor.key, capabilities }]);
      expect(sorted(data.accounts)).toEqual([{ id: vendor.key, capabilities }]);
    });

    function testCapability(name: Capability): void {
      const check = CAPABILITY_CHECKS[name];
      if (expectations.capabilities.includes(name)) test(`${check.can} (${name})`, () => check.has(subject));
      else test(`says that it has no ${name} without asking the vendor for it`, () => check.lacks(subject));
    }
    for (const name of capabilityNames) if (!isWrite(name)) testCapability(name);

    for (const name of Object.keys(CUSTOMER_FILTER_CHECKS) as (keyof CustomerFilter)[]) {
      const honoured = expectations.customerFilters.includes(name);
      test(`${honoured ? 'narrows' : 'refuses, unasked, to narrow'} customers by ${name}`, () =>
        expectCustomerFilter(subject, name));
    }
    for (const name of Object.keys(EVENT_FILTER_CHECKS) as (keyof EventFilter)[]) {
      const honoured = expectations.eventFilters?.includes(name) === true;
      test(`${honoured ? 'narrows' : 'refuses, unasked, to narrow'} events by ${name}`, () =>
        expectEventFilter(subject, name));
    }

    test('fills all the customer fields it says it can read, and no other', () => expectTrueCustomerFields(subject));

    // Behind all reads, which know everybody from the beginning.
    for (const name of capabilityNames) if (isWrite(name)) testCapability(name);
    test('takes, demands and clears exactly the fields it says it does', () => expectTrueCustomerWrites(subject));

    // Last, because it is about everything above.
    test('sent and got nothing but what the contract of the vendor knows', () => {
      const { exchanges, violations } = subject.graph.emulator(vendor.key);
      expect(violations).toEqual([]);
      expect([...new Set(exchanges.flatMap(contractOf(vendor.key)))]).toEqual([]);
      expect(exchanges.length > 0).toBe(expectations.capabilities.length > 0);
    });
  });
}
