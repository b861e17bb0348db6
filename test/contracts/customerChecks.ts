import { expect } from '@jest/globals';
import type { Capability } from '../../src/crm/capabilities.ts';
import { type Check, expectEachOnce, expectUnsupported } from './check.ts';
import { CUSTOMERS, customerKeys, entities, globalId, idsOf, PAGE, type Row, type Subject, walk } from './subject.ts';

/** What is promised about customers. */
export const CUSTOMER_CHECKS = {
  CUSTOMER_READ: {
    can: 'reads a customer by id as the list shows it, null for nobody, and knows a malformed id without asking',
    async has(subject) {
      const { ask, everybody, selection, unknownCustomer, malformedId, callsOf } = subject;
      expect(everybody.length).toBeGreaterThan(0);
      for (const row of everybody) {
        const { customer } = await ask(`query ($id: ID!) { customer(id: $id) { ${selection} } }`, { id: row.id });
        expectAlike(customer, row);
      }
      const nobody = await globalId(subject, 'Customer', unknownCustomer);
      const unknown = await ask('query ($id: ID!) { customer(id: $id) { fullName } }', { id: nobody });
      expect(unknown.customer).toBeNull();
      const calls = await callsOf(async () => {
        const found = await lookUp(subject, { vendorId: malformedId });
        expect(found).toEqual({ matches: [], sources: [{ state: 'OK', calls: 0 }] });
      });
      expect(calls).toBe(0);
    },
    async lacks(subject) {
      const [vendorId = ''] = customerKeys(subject);
      const calls = await subject.callsOf(async () => {
        const id = await globalId(subject, 'Customer', vendorId);
        const { customer } = await subject.ask(
          `query ($id: ID!) { customer(id: $id) { ${subject.selection.replace(/\baddresses \{.*?\}/, '')} } }`,
          { id },
        );
        const { completeness, unreadableFields, id: shownId, accountId, vendorId: shownVendorId, ...rest } = customer;
        expect({ completeness, shownId, accountId, shownVendorId }).toEqual({
          completeness: 'KEYS_ONLY',
          shownId: id,
          accountId: subject.vendor.key,
          shownVendorId: vendorId,
        });
        expect(Object.values(rest).every((value) => value === null)).toBe(true);
        expect(unreadableFields).toEqual(expect.arrayContaining(Object.keys(rest)));
        const found = await lookUp(subject, { vendorId });
        expect(found).toEqual({ matches: [], sources: [{ state: 'UNSUPPORTED', calls: 0 }] });
      });
      expect(calls).toBe(0);
    },
  },

  CUSTOMER_READ_MANY: {
    can: 'reads n customers in as few calls as its limit allows',
    async has(subject) {
      const { everybody, manyIdsLimit = 0, callsOf } = subject;
      const strangers = Array.from({ length: 60 }, (_, index) => String(900_000 + index));
      const wanted = [...everybody.map(({ vendorId }) => vendorId), ...strangers];
      const calls = await callsOf(async () => {
        const { records, errors } = await entities(subject, 'Customer', wanted, 'id fullName');
        expect(errors).toBeUndefined();
        expect(records).toEqual([
          ...everybody.map(({ id, fullName }) => ({ id, fullName })),
          ...strangers.map(() => null),
        ]);
      });
      expect(wanted.length).toBeGreaterThan(manyIdsLimit);
      expect(calls).toBe(Math.ceil(wanted.length / manyIdsLimit));
    },
    async lacks(subject) {
      const some = customerKeys(subject).slice(0, 5);
      const calls = await subject.callsOf(async () => {
        const { records } = await entities(subject, 'Customer', some, 'vendorId completeness');
        expect(records.map(({ vendorId }) => vendorId)).toEqual(some);
      });
      expect(calls).toBe(subject.can('CUSTOMER_READ') ? some.length : 0);
    },
  },

  CUSTOMER_LOOKUP_EMAIL: {
    can: 'finds a customer by e-mail in any case, and nobody without an error',
    async has(subject) {
      const holders = subject.everybody.filter(({ email }) => email !== null);
      expect(holders.length).toBeGreaterThan(0);
      const spellings = [
        (email: string) => email,
        (email: string) => ` ${email} `,
        (email: string) => email.toUpperCase(),
      ];
      for (const spell of spellings) {
        for (const { id, email } of holders) {
          const spelling = spell(email);
          const { matches, sources } = await lookUp(subject, { email: spelling });
          expect({ spelling, found: idsOf(matches), state: sources[0].state }).toEqual({
            spelling,
            found: [id],
            state: 'OK',
          });
        }
      }
      const { matches, sources } = await lookUp(subject, { email: 'nobody@nowhere.example' });
      expect([matches, sources[0].state]).toEqual([[], 'OK']);
    },
    lacks: (subject) => expectUnsupported(subject, 'customerLookup(by: { email: "a@example.com" })', 'customerLookup'),
  },

  CUSTOMER_LOOKUP_PHONE: {
    can: 'finds a customer by phone, and nobody without an error',
    async has(subject) {
      const { everybody, phoneNotFound } = subject;
      const holders = everybody.filter(({ phone }) => phone !== null && phoneNotFound?.is(phone) !== true);
      expect(holders.length).toBeGreaterThan(everybody.length / 4);
      for (const { id, phone } of holders) {
        const { matches, sources } = await lookUp(subject, { phone });
        expect({ phone, found: idsOf(matches), state: sources[0].state }).toEqual({ phone, found: [id], state: 'OK' });
      }
      const { matches, sources } = await lookUp(subject, { phone: '+84999999999' });
      expect([matches, sources[0].state]).toEqual([[], 'OK']);
    },
    lacks: (subject) => expectUnsupported(subject, 'customerLookup(by: { phone: "+84363000000" })', 'customerLookup'),
  },

  CUSTOMER_LIST: {
    can: 'gives every customer exactly once, whatever the page size, and counts them',
    async has({ ask, everybody, answersOf }) {
      for (const first of [7, 25, 100]) {
        const walked = await walk(ask, (page) => `{ customers(${page}) { nodes { id } ${PAGE} } }`, 'customers', first);
        expectEachOnce(idsOf(walked.nodes));
        expect(idsOf(walked.nodes).sort()).toEqual(idsOf(everybody).sort());
        expect(walked).toMatchObject({ totalCount: CUSTOMERS, totalCountAccuracy: 'EXACT' });
        expect(walked.nodes).toHaveLength(CUSTOMERS);
      }
      const answers = answersOf();
      for (const { vendorId } of everybody) expect(answers).toContain(vendorId);
    },
    lacks: (subject) => expectUnsupported(subject, 'customers', 'customers'),
  },

  CUSTOMER_ADDRESSES_READ: {
    can: 'shows addresses as the vendor sent them',
    async has(subject) {
      const { records, errors } = await entities(
        subject,
        'Customer',
        customerKeys(subject),
        'addresses { line1 city postalCode countryCode } unreadableFields',
      );
      expect(errors).toBeUndefined();
      const addresses = records.flatMap((customer) => customer.addresses);
      expect(addresses.length).toBeGreaterThan(1);
      const answers = subject.answersOf();
      for (const { line1, city, postalCode } of addresses) {
        expect(answers).toContain(JSON.stringify(line1).slice(1, -1));
        expect(answers).toContain(city);
        expect(answers).toContain(postalCode ?? '');
      }
      for (const { unreadableFields } of records) expect(unreadableFields).not.toContain('addresses');
    },
    lacks: (subject) => expectUnreadable(subject, 'addresses', 'addresses { line1 }'),
  },

  CUSTOMER_TAGS_READ: {
    can: 'shows tags that can be fetched by their ids',
    async has({ everybody, ask }) {
      const tags: Row[] = everybody.flatMap((customer) => customer.tags);
      const names = new Map(tags.map(({ id, name }) => [id, name]));
      expect(names.size).toBeGreaterThan(1);
      const found = await ask('query ($ids: [ID!]!) { crmNodes(ids: $ids) { id ... on Tag { name } } }', {
        ids: [...names.keys()],
      });
      expect(found.crmNodes).toEqual([...names].map(([id, name]) => ({ id, name })));
      expect([...names.values()].every((name) => typeof name === 'string' && name !== '')).toBe(true);
    },
    lacks: (subject) => expectUnreadable(subject, 'tags', 'tags { id }'),
  },

  CUSTOMER_SEGMENTS_READ: {
    can: 'shows exactly the segments that have the customer as a member',
    async has({ everybody, ask }) {
      const { segments } = await ask(
        '{ segments(first: 100) { nodes { id title customers(first: 100) { nodes { id } } } } }',
      );
      expect(everybody.some((customer) => customer.segments.length > 1)).toBe(true);
      for (const customer of everybody) {
        const expected = segments.nodes.filter((segment: Row) => idsOf(segment.customers.nodes).includes(customer.id));
        expect(idsOf(customer.segments).sort()).toEqual(idsOf(expected).sort());
      }
    },
    lacks: (subject) => expectUnreadable(subject, 'segments', 'segments { id }'),
  },

  CUSTOMER_CUSTOM_FIELDS_READ: {
    can: 'shows the values of custom fields under their names',
    async has({ everybody, answersOf }) {
      const fields: Row[] = everybody.flatMap((customer) => customer.customFields);
      const filled = fields.filter(({ displayValue }) => displayValue !== null);
      expect(new Set(filled.map(({ name }) => name)).size).toBeGreaterThan(1);
      const answers = answersOf();
      for (const { name } of fields) expect(answers).toContain(JSON.stringify(name));
    },
    lacks: (subject) => expectUnreadable(subject, 'customFields', 'customFields { name }'),
  },

  CUSTOMER_EVENTS_READ: {
    can: "walks one customer's events in the same order with every page size, newest first",
    async has(subject) {
      const counted = await entities(
        subject,
        'Customer',
        customerKeys(subject).slice(0, 20),
        'id events(first: 1) { totalCount }',
      );
      const busiest = counted.records.toSorted((one, other) => other.events.totalCount - one.events.totalCount)[0];
      const query = (page: string) =>
        `{ customer(id: "${busiest.id}") { events(${page}) { nodes { vendorId createdAt kind customer { id } } ${PAGE} } } }`;
      const whole = await walk(subject.ask, query, 'customer.events', 100);
      expect(whole.nodes.length).toBeGreaterThan(7);
      expect(whole).toMatchObject({ totalCount: whole.nodes.length, totalCountAccuracy: 'EXACT' });
      expectEachOnce(whole.nodes.map(({ vendorId }) => vendorId));
      expect(whole.nodes.every((event) => event.customer.id === busiest.id)).toBe(true);
      const times = whole.nodes.map(({ createdAt }) => createdAt).filter((time) => time !== null);
      expect(times).toEqual(times.toSorted().reverse());
      expect((await walk(subject.ask, query, 'customer.events', 7)).nodes).toEqual(whole.nodes);
    },
    async lacks(subject) {
      const [vendorId = ''] = customerKeys(subject);
      const calls = await subject.callsOf(async () => {
        const { records, errors } = await entities(
          subject,
          'Customer',
          [vendorId],
          'events { nodes { kind } sources { state calls } } unreadableFields',
        );
        expect(errors).toBeUndefined();
        expect(records[0].events).toEqual({ nodes: [], sources: [{ state: 'UNSUPPORTED', calls: 0 }] });
        expect(records[0].unreadableFields).toContain('events');
      });
      expect(calls).toBe(subject.can('CUSTOMER_READ') ? 1 : 0);
    },
  },
} satisfies Partial<Record<Capability, Check>>;

/** Two reads of one customer agree in what both carry; a custom field is carried where it has an entry. */
function expectAlike(one: Row, other: Row): void {
  const unreadable = new Set([...one.unreadableFields, ...other.unreadableFields]);
  const shared = Object.keys(one).filter((name) => !unreadable.has(name) && !READ_FIELDS.has(name));
  expect(shared.length).toBeGreaterThan(2);
  for (const name of shared) {
    if (name !== 'customFields') expect({ [name]: one[name] }).toEqual({ [name]: other[name] });
  }
  if (!shared.includes('customFields')) return;
  const values = new Map(other.customFields.map((field: Row) => [field.name, field.displayValue]));
  for (const { name, displayValue } of one.customFields) {
    if (values.has(name)) expect({ name, displayValue }).toEqual({ name, displayValue: values.get(name) });
  }
}
const READ_FIELDS = new Set(['completeness', 'unreadableFields']);

async function lookUp({ ask }: Subject, by: Record<string, string>): Promise<Row> {
  const query = `query ($by: CustomerLookupBy!) {
    customerLookup(by: $by) { matches { id } sources { state ${'vendorId' in by ? 'calls' : ''} } }
  }`;
  return (await ask(query, { by })).customerLookup;
}

/** The field is null and says that its null says nothing; at most the customer itself is read for that. */
async function expectUnreadable(subject: Subject, name: string, selection: string): Promise<void> {
  const [vendorId = ''] = customerKeys(subject);
  const calls = await subject.callsOf(async () => {
    const { records, errors } = await entities(subject, 'Customer', [vendorId], `${selection} unreadableFields`);
    expect(errors).toBeUndefined();
    expect(records[0][name]).toBeNull();
    expect(records[0].unreadableFields).toContain(name);
  });
  expect(calls).toBe(subject.can('CUSTOMER_READ') ? 1 : 0);
}
