import { expect } from '@jest/globals';
import type { Capability } from '../../src/crm/capabilities.ts';
import type { Check } from './check.ts';
import { customerKeys, entities, globalId, idsOf, PAGE, type Row, type Subject, walk } from './subject.ts';
import { expectCannot, someCustomer } from './writeChecks.ts';
import { newToken, type Sample } from './writeSamples.ts';
import { changeOf, expectDone, type Newcomer, newcomer, perform } from './written.ts';

const DONE = ['UPDATED', 'CREATED_OR_UPDATED'];
const asTags = (names: readonly string[]) => names.map((name) => ({ name }));
const statuses = ({ receipt }: Row): string[] => receipt.map(({ status }: Row) => status);

/** Names of the tags that a read shows; undefined where there is none. */
async function tagsOf(subject: Subject, vendorId: string): Promise<string[] | undefined> {
  if (!subject.can('CUSTOMER_TAGS_READ')) return undefined;
  const { records } = await entities(subject, 'Customer', [vendorId], 'tags { name }');
  return records[0].tags.map(({ name }: Row) => name);
}

/** A customer that carries these tags and no other that matters. */
async function tagged(subject: Subject, names: readonly string[]): Promise<Newcomer> {
  const person = await newcomer(subject);
  expectDone(await perform(subject, 'customerTagsAdd', { ...person.target, tags: asTags(names) }), DONE);
  return person;
}

const lacksTags = (capability: Capability, mutation: string) => async (subject: Subject) =>
  expectCannot(subject, capability, mutation, { id: await someCustomer(subject), tags: asTags(['any']) });

/** What is promised about putting tags on and taking them off. */
export const TAG_WRITE_CHECKS = {
  CUSTOMER_TAGS_ADD: {
    can: 'puts new tags on beside those there are, and the same again changes nothing',
    async has(subject) {
      const [one, two] = [`Nhãn ${newToken()}`, `标签 ${newToken()}`];
      const { target, vendorId } = await newcomer(subject);
      const before = await tagsOf(subject, vendorId);
      const change = await changeOf(subject, async () => {
        const payload = await perform(subject, 'customerTagsAdd', { ...target, tags: asTags([one, two]) });
        expectDone(payload, DONE);
        expect(statuses(payload)).toEqual(Array(2).fill(before === undefined ? 'UNVERIFIED' : 'APPLIED'));
      });
      expect([change.gone.length, change.come.length]).toEqual([1, 1]);
      expect(change.text).toContain(one);
      expect(change.text).toContain(two);
      const after = await tagsOf(subject, vendorId);
      if (before !== undefined) expect(after).toEqual([...before, one, two]);
      expectDone(await perform(subject, 'customerTagsAdd', { ...target, tags: asTags([one]) }), [...DONE, 'UNCHANGED']);
      expect(await tagsOf(subject, vendorId)).toEqual(after);
    },
    lacks: lacksTags('CUSTOMER_TAGS_ADD', 'customerTagsAdd'),
  },

  CUSTOMER_TAGS_REMOVE: {
    can: 'takes one tag off and leaves the others',
    async has(subject) {
      const [one, two] = [`Nhãn ${newToken()}`, `标签 ${newToken()}`];
      const { target, vendorId } = await tagged(subject, [one, two]);
      const before = await tagsOf(subject, vendorId);
      const change = await changeOf(subject, async () => {
        const payload = await perform(subject, 'customerTagsRemove', { ...target, tags: asTags([one]) });
        expectDone(payload, DONE);
        expect(statuses(payload)).toEqual([before === undefined ? 'UNVERIFIED' : 'APPLIED']);
      });
      expect(JSON.stringify(change.gone)).toContain(one);
      expect(JSON.stringify(change.come)).not.toContain(one);
      expect(JSON.stringify(change.come)).toContain(two);
      expect(await tagsOf(subject, vendorId)).toEqual(before?.filter((name) => name !== one));
    },
    lacks: lacksTags('CUSTOMER_TAGS_REMOVE', 'customerTagsRemove'),
  },

  CUSTOMER_TAGS_REPLACE: {
    can: 'leaves exactly the given tags and names those it took off',
    async has(subject) {
      const [one, two, three] = [`Nhãn ${newToken()}`, `标签 ${newToken()}`, `Etiqueta ${newToken()}`];
      const { target, vendorId } = await tagged(subject, [one, two]);
      const before = (await tagsOf(subject, vendorId)) ?? [];
      const replace = async (names: readonly string[]) =>
        perform(subject, 'customerTagsReplace', { ...target, tags: asTags(names) });
      const payload = expectDone(await replace([two, three]), ['UPDATED']);
      expect(statuses(payload)).toEqual(['APPLIED', 'APPLIED']);
      expect(namesOf(payload.removedTags)).toEqual(before.filter((name) => name !== two));
      expect(await tagsOf(subject, vendorId)).toEqual([two, three]);

      const emptied = expectDone(await replace([]), ['UPDATED']);
      expect(namesOf(emptied.removedTags).sort()).toEqual([two, three].sort());
      expect(await tagsOf(subject, vendorId)).toEqual([]);
    },
    lacks: lacksTags('CUSTOMER_TAGS_REPLACE', 'customerTagsReplace'),
  },
} satisfies Partial<Record<Capability, Check>>;

const namesOf = (tags: readonly Row[]): string[] => tags.map(({ name }) => name);

/** What is promised about making tags and segments, filling segments and recording events. */
export const OTHER_WRITE_CHECKS = {
  TAG_CREATE: {
    can: 'makes a tag once, which the list shows from then on',
    async has(subject) {
      const name = `Nhãn riêng ${newToken()}`;
      const input = { accountId: subject.vendor.key, name };
      const { tag } = expectDone(await perform(subject, 'tagCreate', input), ['CREATED']);
      const query = (page: string) => `{ tags(${page}) { nodes { id vendorId name } ${PAGE} } }`;
      const listed = async () =>
        (await walk(subject.ask, query, 'tags', 100)).nodes.filter((each) => each.name === name);
      expect(await listed()).toEqual([tag]);
      const again = expectDone(await perform(subject, 'tagCreate', input), ['UNCHANGED']);
      expect(again.tag).toEqual(tag);
      expect(await listed()).toEqual([tag]);
    },
    lacks: (subject) =>
      expectCannot(subject, 'TAG_CREATE', 'tagCreate', { accountId: subject.vendor.key, name: 'any' }),
  },

  SEGMENT_CREATE: {
    can: 'makes an empty segment that can be read by its id',
    async has(subject) {
      const title = `Nhóm 分组 ${newToken()}`;
      const { segment } = await made(subject, title);
      expect(await membersOf(subject, segment.id)).toEqual({ title, members: [] });
    },
    lacks: (subject) =>
      expectCannot(subject, 'SEGMENT_CREATE', 'segmentCreate', { accountId: subject.vendor.key, title: 'any' }),
  },

  SEGMENT_CUSTOMERS_ADD: {
    can: 'puts customers into a segment, twice the same as once, and no stranger',
    async has(subject) {
      const { segment } = await made(subject, `Add ${newToken()}`);
      const customerIds = idsOf(subject.everybody.slice(0, 3));
      for (const ids of [customerIds.slice(0, 2), customerIds]) {
        const payload = await perform(subject, 'segmentCustomersAdd', { id: segment.id, customerIds: ids });
        expectDone(payload, ['UPDATED']);
        expect(statuses(payload)).toEqual(ids.map(() => 'APPLIED'));
        expect((await membersOf(subject, segment.id)).members).toEqual(ids);
      }
      const nobody = await globalId(subject, 'Customer', subject.unknownCustomer);
      const refused = await perform(subject, 'segmentCustomersAdd', { id: segment.id, customerIds: [nobody] });
      expect([refused.outcome, refused.userErrors.length]).toEqual(['NOT_EXECUTED', 1]);
      expect((await membersOf(subject, segment.id)).members).toEqual(customerIds);
    },
    lacks: (subject) => lacksMembers(subject, 'SEGMENT_CUSTOMERS_ADD', 'segmentCustomersAdd'),
  },

  SEGMENT_CUSTOMERS_REMOVE: {
    can: 'takes customers out of a segment and leaves the others in it',
    async has(subject) {
      const { segment } = await made(subject, `Remove ${newToken()}`);
      const customerIds = idsOf(subject.everybody.slice(0, 4));
      expectDone(await perform(subject, 'segmentCustomersAdd', { id: segment.id, customerIds }), ['UPDATED']);
      const payload = await perform(subject, 'segmentCustomersRemove', {
        id: segment.id,
        customerIds: customerIds.slice(0, 2),
      });
      expectDone(payload, ['UPDATED']);
      expect(statuses(payload)).toEqual(['APPLIED', 'APPLIED']);
      expect((await membersOf(subject, segment.id)).members).toEqual(customerIds.slice(2));
    },
    lacks: (subject) => lacksMembers(subject, 'SEGMENT_CUSTOMERS_REMOVE', 'segmentCustomersRemove'),
  },

  CUSTOMER_EVENT_RECORD: {
    can: 'records named events and fates of messages, newest first, and changes nothing of the customer',
    async has(subject) {
      const { target, vendorId } = await newcomer(subject);
      const named = { name: `Đã mua ${newToken()}`, payload: JSON.stringify({ order: newToken() }) };
      const message = { outboundStatus: 'delivered', errorMessage: `none ${newToken()}`, deliveredAt: '2026-03-04' };
      const change = await changeOf(subject, async () => {
        for (const event of [named, message]) {
          const payload = await perform(subject, 'customerEventRecord', { customerId: target.id, event });
          expectDone(payload, ['CREATED']);
          expect(new Set(statuses(payload))).toEqual(
            new Set([subject.can('CUSTOMER_EVENTS_READ') ? 'APPLIED' : 'UNVERIFIED']),
          );
        }
      });
      expect([change.gone, change.come]).toEqual([[], []]);
      for (const text of [named.name, message.errorMessage]) expect(change.text).toContain(text);
      if (!subject.can('CUSTOMER_EVENTS_READ')) return;
      const fields = 'kind name payload outboundStatus errorMessage deliveredAt';
      const { records } = await entities(subject, 'Customer', [vendorId], `events { nodes { ${fields} } totalCount }`);
      const empty = { name: null, payload: null, outboundStatus: null, errorMessage: null, deliveredAt: null };
      expect(records[0].events).toEqual({
        nodes: [
          { ...empty, ...message, kind: 'OUTBOUND_MESSAGE' },
          { ...empty, ...named, kind: 'NAMED' },
        ],
        totalCount: 2,
      });
    },
    lacks: async (subject) =>
      expectCannot(subject, 'CUSTOMER_EVENT_RECORD', 'customerEventRecord', {
        customerId: await someCustomer(subject),
        event: { name: 'any' },
      }),
  },
} satisfies Partial<Record<Capability, Check>>;

async function made(subject: Subject, title: string): Promise<Row> {
  const input: Sample = { accountId: subject.vendor.key, title };
  const payload = expectDone(await perform(subject, 'segmentCreate', input), ['CREATED']);
  expect(statuses(payload)).toEqual(['APPLIED']);
  expect(payload.segment.title).toBe(title);
  return payload;
}

async function membersOf(subject: Subject, id: string): Promise<{ title: string; members: string[] }> {
  const query = 'query ($id: ID!) { segment(id: $id) { title customers(first: 100) { nodes { id } } } }';
  const { segment } = await subject.ask(query, { id });
  return { title: segment.title, members: idsOf(segment.customers.nodes) };
}

async function lacksMembers(subject: Subject, capability: Capability, mutation: string): Promise<void> {
  // Any id of the right form will do, and one that is sealed has that form where ids are sealed.
  const vendorId = subject.can('CUSTOMER_READ') ? '1' : (customerKeys(subject)[0] ?? '');
  const input = { id: await globalId(subject, 'Segment', vendorId), customerIds: [await someCustomer(subject)] };
  await expectCannot(subject, capability, mutation, input);
}
