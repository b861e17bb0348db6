import type { Adapter, CustomerFilter } from '../../crm/adapter.ts';
import type { Call } from '../../crm/call.ts';
import type { Customer } from '../../crm/customer.ts';
import type { CustomFieldDefinition } from '../../crm/customField.ts';
import { CrmError, nullIfNotFound } from '../../crm/errors.ts';
import type { JsonObject } from '../../crm/json.ts';
import { type Page, type PageRequest, pageNumber, pageOf } from '../../crm/page.ts';
import { usable } from '../../crm/record.ts';
import type { Tag } from '../../crm/tag.ts';
import type { Connection, Vendor } from '../vendor.ts';
import { createClient } from './client.ts';
import {
  customerQuery,
  customerWrites,
  holdsTag,
  listedCustomer,
  phoneSpellings,
  readableFields,
  shownCustomer,
  tag,
} from './map.ts';
import { type LadiflowSettings, settings } from './settings.ts';
import { listPage, showAnswer } from './wire.ts';

/** Rows per page: the maximum is not documented, 50 is small enough to be safe (assumption 17). */
const LARGEST_PAGE = 50;

export const ladiflow = {
  key: 'ladiflow',
  label: 'LadiFlow',
  region: 'VN',
  timeZone: 'Asia/Ho_Chi_Minh',
  settings,
  baseUrl: 'https://api.service.ladiflow.com/1.0',
  publicHosts: ['api.service.ladiflow.com'],
  connect,
  emulator: () => import('./emulator.ts'),
} satisfies Vendor<typeof settings>;

function connect({ account, settings: credentials, send, clock }: Connection<LadiflowSettings>) {
  const ask = createClient(credentials, send);
  const readShown = shownCustomer(account);
  const readListed = listedCustomer(account);
  const readTag = (row: unknown) => tag(account, row);

  /** Exactly one identifier: what the vendor makes of several that disagree is not known (assumption 4). */
  async function show(
    identifier: { customer_id: string } | { email: string } | { phone: string },
    call: Call,
  ): Promise<Customer | null> {
    const answer = await nullIfNotFound(
      ask({ path: '/customer/show', body: identifier, repeatable: true }, showAnswer, call),
    );
    const row = answer?.customer ?? {};
    return Object.keys(row).length === 0 ? null : usable(readShown(row, clock.now()));
  }

  /**
   * One page of a list. A vendor that allows fewer rows than we ask for cuts every page of a walk alike, because we ask
   * for the same number each time; so its pages stay gapless, and only their count follows from its own `limit`.
   */
  async function list(path: string, body: JsonObject, { after, size }: PageRequest, call: Call) {
    const page = pageNumber(after);
    const asked = Math.min(size, LARGEST_PAGE);
    const answer = await ask({ path, body: { ...body, page, limit: asked }, repeatable: true }, listPage, call);
    const { items } = answer;
    const limit = Math.min(asked, answer.limit ?? asked);
    const total = answer.total ?? undefined;
    // An empty page is the last one too, whatever `total` says (contract, Pagination).
    const more = items.length > 0 && (total === undefined ? items.length >= limit : page * limit < total);
    return { items, total, next: more ? String(page + 1) : undefined };
  }

  /**
   * Newest change first. A record that changes during a walk moves to the front, so that others come twice: whoever
   * walks drops repeated ids (contract, Pagination).
   */
  const listCustomers = (query: JsonObject, page: PageRequest, call: Call) =>
    list('/customer/list', { sort: { updated_at: 'DESC' }, ...query }, page, call);

  async function tagPage(page: PageRequest, call: Call): Promise<Page<Tag>> {
    const { items, next, total } = await list('/customer/list-tag', {}, page, call);
    return pageOf(items, readTag, next, total);
  }

  return {
    readableFields,
    customerWrites,

    async customerById(id: string, call: Call): Promise<Customer | null> {
      return isId(id) ? show({ customer_id: id }, call) : null;
    },

    /** Whether case matters to the vendor is not said: the e-mail is asked for as given, then in lower case. */
    async customerByEmail(email: string, call: Call): Promise<Customer | null> {
      const trimmed = email.trim();
      return firstFound([trimmed, trimmed.toLowerCase()], (spelling) => show({ email: spelling }, call));
    },

    /**
     * Stored and matched as given (assumption 27): the national spelling of all samples first, then the caller's own,
     * then the other international prefix.
     */
    async customerByPhone(phone: string, call: Call): Promise<Customer | null> {
      return firstFound(phoneSpellings(phone), (spelling) => show({ phone: spelling }, call));
    },

    customerFilters: Object.keys(customerQuery) as (keyof typeof customerQuery)[],
    async customerList({ text, tags }: CustomerFilter, page: PageRequest, call: Call): Promise<Page<Customer>> {
      const tagIds = tags?.filter(isId);
      // To the vendor an empty list is no filter; to us it matches nobody.
      if (tagIds?.length === 0) return NOBODY;
      const query = {
        ...(text === undefined ? {} : customerQuery.text(text)),
        ...(tagIds === undefined ? {} : customerQuery.tags(tagIds)),
      };
      const { items, next, total } = await listCustomers(query, page, call);
      const fetchedAt = clock.now();
      if (tagIds === undefined) return pageOf(items, (row) => readListed(row, fetchedAt), next, total);

      // The vendor does not say whether it wants any or all of the tags (assumption 18): we look again. A row whose
      // tags cannot be read may or may not belong here: it is left out, and counted.
      const wanted = new Set(tagIds);
      const kept = items.filter((row) => holdsTag(wanted, row) !== false);
      const read = (row: unknown) => (holdsTag(wanted, row) ? readListed(row, fetchedAt) : undefined);
      return pageOf(kept, read, next, kept.length === items.length ? total : undefined);
    },

    /** There is no read by id: the list is paged through until all are found. */
    async tagsByIds(ids: readonly string[], call: Call): Promise<readonly Tag[]> {
      const missing = new Set(ids.filter(isId));
      const seen = new Set<string>();
      const tags: Tag[] = [];
      let after: string | undefined;
      while (missing.size > 0) {
        const { records, next } = await tagPage({ after, size: LARGEST_PAGE }, call);
        const known = seen.size;
        for (const record of records) {
          seen.add(record.vendorId);
          if (missing.delete(record.vendorId)) tags.push(record);
        }
        if (next === undefined) break;
        // Pages that repeat themselves never end, and would make a tag look as if it did not exist.
        if (seen.size === known) throw new CrmError('VENDOR_BAD_RESPONSE');
        after = next;
      }
      return tags;
    },

    tagList: tagPage,

    /**
     * There is no call for them: in lists every customer holds all definitions, empty ones included. Seen in the
     * vendor's sample, not promised (contract, Custom fields). A store without customers shows none.
     */
    async customFieldDefinitions(call: Call): Promise<readonly CustomFieldDefinition[]> {
      const { items } = await listCustomers({}, { after: undefined, size: 1 }, call);
      if (items.length === 0) return [];
      const fields = usable(readListed(items[0], clock.now())).customFields ?? [];
      return fields.map(({ definition }) => definition).filter((definition) => definition !== null);
    },
  } satisfies Adapter;
}

/** With anything but 24 lower-case hex digits the vendor has no record (contract, Endpoints). */
const isId = (id: string): boolean => /^[0-9a-f]{24}$/.test(id);

/** Asks with one spelling after the other, each once, until somebody is found. */
async function firstFound(
  spellings: readonly string[],
  find: (spelling: string) => Promise<Customer | null>,
): Promise<Customer | null> {
  for (const spelling of new Set(spellings)) {
    const customer = spelling === '' ? null : await find(spelling);
    if (customer !== null) return customer;
  }
  return null;
}

const NOBODY: Page<Customer> = { records: [], unreadable: 0, next: undefined, total: 0 };
