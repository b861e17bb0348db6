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
import { CUSTOMERS, type Expectations, type Subject, subjectOf } from './subject.ts';

/** The secret ids are sealed with here, for vendors whose customers have no id but a sealed e-mail. */
export const SECRET = 'the secret of the contract suite, long enough';

/** One entry per capability: the compiler notices a new one that nobody checks. */
const CAPABILITY_CHECKS: Readonly<Record<Capability, Check>> = { ...CUSTOMER_CHECKS, ...LIST_CHECKS };
const capabilityNames = Object.keys(CAPABILITY_CHECKS) as Capability[];

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
      const capabilities = capabilityNames.filter((name) => expectations.capabilities.includes(name));
      expect(data).toEqual({
        vendors: [{ key: vendor.key, capabilities }],
        accounts: [{ id: vendor.key, capabilities }],
      });
    });

    for (const name of capabilityNames) {
      const check = CAPABILITY_CHECKS[name];
      if (expectations.capabilities.includes(name)) test(`${check.can} (${name})`, () => check.has(subject));
      else test(`says that it has no ${name} without asking the vendor for it`, () => check.lacks(subject));
    }

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

    // Last, because it is about everything above.
    test('sent and got nothing but what the contract of the vendor knows', () => {
      const { exchanges, violations } = subject.graph.emulator(vendor.key);
      expect(violations).toEqual([]);
      expect([...new Set(exchanges.flatMap(contractOf(vendor.key)))]).toEqual([]);
      expect(exchanges.length > 0).toBe(expectations.capabilities.length > 0);
    });
  });
}
