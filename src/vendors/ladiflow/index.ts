import type { Adapter, CustomerFilter } from '../../crm/adapter.ts';
import type { Call } from '../../crm/call.ts';
import type { Customer } from '../../crm/customer.ts';
import type { CustomFieldDefinition } from '../../crm/customField.ts';
import type { JsonObject } from '../../crm/json.ts';
import { type Page, type PageRequest, pageOf } from '../../crm/page.ts';
import { usable } from '../../crm/record.ts';
import type { Connection, Vendor } from '../vendor.ts';
import { createClient } from './client.ts';
import { customerWrites } from './customerBody.ts';
import { createList, LARGEST_PAGE } from './list.ts';
import { createLookups } from './lookups.ts';
import { customerQuery, holdsTag, listedCustomer, readableFields } from './map.ts';
import { type LadiflowSettings, settings } from './settings.ts';
import { createTags } from './tags.ts';
import { isId } from './wire.ts';
import { createWrites } from './writes.ts';

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
  const list = createList(ask);
  const lookups = createLookups(account, ask, clock);
  const tags = createTags(account, ask, list);
  const writes = createWrites(account, ask, clock, lookups, tags);
  const readListed = listedCustomer(account);

  /**
   * Newest change first. A record that changes during a walk moves to the front, so that others come twice: whoever
   * walks drops repeated ids (contract, Pagination).
   */
  async function listCustomers(query: JsonObject, page: PageRequest, call: Call) {
    const answer = await list('/customer/list', { sort: { updated_at: 'DESC' }, ...query }, page, call);
    return { ...answer, numbered: { ...answer.numbered, changedFirst: true as const } };
  }

  return {
    readableFields,
    customerWrites,
    costs: {
      customerByEmail: 2,
      customerByPhone: 3,
      get tagsByIds() {
        return tags.pages();
      },
      pageSizes: { customerList: LARGEST_PAGE, tagList: LARGEST_PAGE },
    },

    customerById: lookups.byId,
    customerByEmail: lookups.byEmail,
    customerByPhone: lookups.byPhone,

    customerFilters: Object.keys(customerQuery) as (keyof typeof customerQuery)[],
    async customerList(
      { text, tags: wantedTags }: CustomerFilter,
      page: PageRequest,
      call: Call,
    ): Promise<Page<Customer>> {
      const tagIds = wantedTags?.filter(isId);
      // To the vendor an empty list is no filter; to us it matches nobody.
      if (tagIds?.length === 0) return NOBODY;
      const query = {
        ...(text === undefined ? {} : customerQuery.text(text)),
        ...(tagIds === undefined ? {} : customerQuery.tags(tagIds)),
      };
      const { items, next, total, numbered } = await listCustomers(query, page, call);
      const fetchedAt = clock.now();
      if (tagIds === undefined) return pageOf(items, (row) => readListed(row, fetchedAt), next, total, numbered);

      // The vendor does not say whether it wants any or all of the tags (assumption 18): we look again. A row whose
      // tags cannot be read may or may not belong here: it is left out, and counted.
      const wanted = new Set(tagIds);
      const kept = items.filter((row) => holdsTag(wanted, row) !== false);
      const read = (row: unknown) => (holdsTag(wanted, row) ? readListed(row, fetchedAt) : undefined);
      return pageOf(kept, read, next, kept.length === items.length ? total : undefined, numbered);
    },

    tagsByIds: tags.byIds,
    tagByName: tags.byName,
    tagList: tags.page,

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

    // Tags can be put on but not taken off: no call does it, and what a shorter list in a write does is not known
    // (question 11).
    customerCreate: writes.customerCreate,
    customerUpdate: writes.customerUpdate,
    customerUpsert: writes.customerUpsert,
    customerTagsAdd: writes.customerTagsAdd,
    tagCreate: tags.create,
  } satisfies Adapter;
}

const NOBODY: Page<Customer> = { records: [], unreadable: 0, next: undefined, total: 0 };
