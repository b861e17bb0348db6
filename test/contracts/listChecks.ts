import { expect } from '@jest/globals';
import type { Capability } from '../../src/crm/capabilities.ts';
import { type Check, expectEachOnce, expectUnsupported } from './check.ts';
import { customerKeys, entities, globalId, idsOf, PAGE, type Row, walk } from './subject.ts';

/** What is promised about everything else a CRM keeps. */
export const LIST_CHECKS = {
  EVENT_LIST: {
    can: 'lists every event exactly once with every page size, and counts them',
    async has({ ask }) {
      const query = (page: string) => `{ customerEvents(${page}) { nodes { vendorId kind createdAt } ${PAGE} } }`;
      const whole = await walk(ask, query, 'customerEvents', 100);
      expect(whole.nodes.length).toBeGreaterThan(100);
      expect(whole).toMatchObject({ totalCount: whole.nodes.length, totalCountAccuracy: 'EXACT' });
      expectEachOnce(whole.nodes.map(({ vendorId }) => vendorId));
      for (const first of [7, 25]) expect((await walk(ask, query, 'customerEvents', first)).nodes).toEqual(whole.nodes);
    },
    lacks: (subject) => expectUnsupported(subject, 'customerEvents', 'customerEvents'),
  },

  TAG_LIST: {
    can: 'lists every tag once, among them all that customers carry',
    async has({ ask, everybody }) {
      const query = (page: string) => `{ tags(${page}) { nodes { id vendorId name } ${PAGE} } }`;
      const whole = await walk(ask, query, 'tags', 100);
      expect(whole).toMatchObject({ totalCount: whole.nodes.length, totalCountAccuracy: 'EXACT' });
      expectEachOnce(idsOf(whole.nodes));
      expect((await walk(ask, query, 'tags', 3)).nodes).toEqual(whole.nodes);
      const carried: Row[] = everybody.flatMap((customer) => customer.tags);
      expect(idsOf(whole.nodes)).toEqual(expect.arrayContaining(idsOf(carried)));
    },
    lacks: (subject) => expectUnsupported(subject, 'tags', 'tags'),
  },

  SEGMENT_LIST: {
    can: 'lists every segment once with every page size',
    async has({ ask }) {
      const query = (page: string) => `{ segments(${page}) { nodes { id vendorId title } ${PAGE} } }`;
      const whole = await walk(ask, query, 'segments', 100);
      expect(whole.nodes.length).toBeGreaterThan(2);
      expect(whole).toMatchObject({ totalCount: whole.nodes.length, totalCountAccuracy: 'EXACT' });
      expectEachOnce(idsOf(whole.nodes));
      expect((await walk(ask, query, 'segments', 2)).nodes).toEqual(whole.nodes);
    },
    lacks: (subject) => expectUnsupported(subject, 'segments', 'segments'),
  },

  SEGMENT_READ: {
    can: 'pages through the members of a segment, the same that the list filtered by it gives',
    async has(subject) {
      const { ask, unknownCustomer } = subject;
      const { segments } = await ask('{ segments(first: 100) { nodes { id title } } }');
      for (const { id, title } of segments.nodes) {
        expect((await ask('query ($id: ID!) { segment(id: $id) { id title } }', { id })).segment).toEqual({
          id,
          title,
        });
        const members = await walk(
          ask,
          (page) => `{ segment(id: "${id}") { customers(${page}) { nodes { id fullName } ${PAGE} } } }`,
          'segment.customers',
          7,
        );
        expectEachOnce(idsOf(members.nodes));
        expect(members.totalCount).toBe(members.nodes.length);
        const listed = await walk(
          ask,
          (page) => `{ customers(filter: { segment: "${id}" }, ${page}) { nodes { id fullName } ${PAGE} } }`,
          'customers',
          100,
        );
        expect(byId(listed.nodes)).toEqual(byId(members.nodes));
      }
      const nobody = await globalId(subject, 'Segment', unknownCustomer);
      expect((await ask('query ($id: ID!) { segment(id: $id) { title } }', { id: nobody })).segment).toBeNull();
    },
    async lacks(subject) {
      const vendorId = subject.can('CUSTOMER_READ') ? '1' : (customerKeys(subject)[0] ?? '');
      const calls = await subject.callsOf(async () => {
        const { errors } = await entities(subject, 'Segment', [vendorId], 'title');
        expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['NOT_SUPPORTED_BY_VENDOR']);
      });
      expect(calls).toBe(0);
    },
  },

  CUSTOM_FIELD_DEFINITION_LIST: {
    can: 'lists each definition once, with the type that customers show their values under',
    async has({ ask, everybody }) {
      const query = (page: string) => `{ customFieldDefinitions(${page}) { nodes { vendorId name type } ${PAGE} } }`;
      const { nodes } = await walk(ask, query, 'customFieldDefinitions', 100);
      expectEachOnce(nodes.map(({ name }) => name));
      expect((await walk(ask, query, 'customFieldDefinitions', 3)).nodes).toEqual(nodes);
      const { crmNodes } = await ask(
        'query ($ids: [ID!]!) { crmNodes(ids: $ids) { ... on Customer { customFields { name definition { vendorId name type } } } } }',
        { ids: idsOf(everybody) },
      );
      const carried: Row[] = crmNodes.flatMap((customer: Row) => customer.customFields);
      expect(carried.some(({ definition }) => definition !== null)).toBe(true);
      for (const { name, definition } of carried) {
        if (definition === null) continue;
        expect(definition.name).toBe(name);
        expect(nodes).toContainEqual(definition);
      }
    },
    lacks: (subject) => expectUnsupported(subject, 'customFieldDefinitions', 'customFieldDefinitions'),
  },

  AGENT_LIST: {
    can: 'lists the team, among them every owner of a customer',
    async has({ ask, everybody, answersOf }) {
      const query = (page: string) => `{ agents(${page}) { nodes { vendorId firstName email } ${PAGE} } }`;
      const { nodes } = await walk(ask, query, 'agents', 100);
      expect((await walk(ask, query, 'agents', 1)).nodes).toEqual(nodes);
      const answers = answersOf();
      for (const { email } of nodes) expect(answers).toContain(email);
      const owners = everybody.map(({ owner }) => owner).filter((owner) => owner !== null);
      expect(owners.length).toBeGreaterThan(0);
      for (const { vendorId, firstName, email } of owners) expect(nodes).toContainEqual({ vendorId, firstName, email });
    },
    lacks: (subject) => expectUnsupported(subject, 'agents', 'agents'),
  },
} satisfies Partial<Record<Capability, Check>>;

const byId = (rows: readonly Row[]): readonly Row[] =>
  rows.toSorted((one, other) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0));
