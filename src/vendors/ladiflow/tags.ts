import type { AccountFacts } from '../../crm/account.ts';
import type { Call } from '../../crm/call.ts';
import type { TagRef } from '../../crm/customerInput.ts';
import type { WrittenCustomer, WrittenTag } from '../../crm/customerWrites.ts';
import { CrmError } from '../../crm/errors.ts';
import type { JsonObject } from '../../crm/json.ts';
import { type Page, type PageRequest, pageOf } from '../../crm/page.ts';
import { placeholder } from '../../crm/requests.ts';
import type { Tag } from '../../crm/tag.ts';
import { type Ask, outcomeUnknown } from './client.ts';
import { LARGEST_PAGE, type List } from './list.ts';
import { tag } from './map.ts';
import { createdTag, isId } from './wire.ts';

/** A tag to put on: its id, or the name of one that is still to be created. */
export type WantedTag = { readonly id: string } | { readonly missing: string };

/** What a walk over all tags is taken for until the vendor has counted them. */
const PAGES_AT_FIRST = 20;
/** Whatever it counts: a wrong number must not keep anybody from asking. */
const MOST_PAGES = 40;

export type MadeTags = Required<Pick<WrittenCustomer, 'tagIds' | 'madeTags'>>;

export type Tags = ReturnType<typeof createTags>;

/** The tags of the store. There is no read by id or by exact name, so the list is walked; names are unique (contract, Tags). */
export function createTags(account: AccountFacts, ask: Ask, list: List) {
  const readTag = (row: unknown) => tag(account, row);

  let pages = PAGES_AT_FIRST;

  async function pageWith(body: JsonObject, page: PageRequest, call: Call): Promise<Page<Tag>> {
    const { items, next, total, numbered } = await list('/customer/list-tag', body, page, call);
    if (body.keyword === undefined && total !== undefined)
      pages = Math.min(MOST_PAGES, Math.ceil((total + 1) / LARGEST_PAGE));
    return pageOf(items, readTag, next, total, numbered);
  }

  /** Ends with the last page, and fails at one that repeats the others: it would make a tag look as if it did not exist. */
  async function* walk(body: JsonObject, call: Call): AsyncGenerator<Tag, void, undefined> {
    const seen = new Set<string>();
    let after: string | undefined;
    do {
      const { records, next } = await pageWith(body, { after, size: LARGEST_PAGE }, call);
      const known = seen.size;
      for (const record of records) {
        seen.add(record.vendorId);
        yield record;
      }
      if (next !== undefined && seen.size === known) throw new CrmError('VENDOR_BAD_RESPONSE');
      after = next;
    } while (after !== undefined);
  }

  async function byIds(ids: readonly string[], call: Call): Promise<readonly Tag[]> {
    const missing = new Set(ids.filter(isId));
    const tags: Tag[] = [];
    if (missing.size === 0) return tags;
    for await (const found of walk({}, call)) {
      if (missing.delete(found.vendorId)) tags.push(found);
      if (missing.size === 0) break;
    }
    return tags;
  }

  /** The keyword finds names that hold it somewhere: the one that is equal counts. */
  async function byName(name: string, call: Call): Promise<Tag | null> {
    const wanted = name.trim();
    for await (const found of walk({ keyword: wanted }, call)) if (found.name?.trim() === wanted) return found;
    return null;
  }

  /** @param nth the how manieth new tag of this write it is, so that a dry run tells them apart */
  async function makeOne(name: string, nth: number, call: Call): Promise<string> {
    const write = { dryAnswer: { data: { tag_id: placeholder(`tagId${letters(nth)}`) }, code: 200 } };
    const request = { path: '/customer/create-tag', body: { name }, repeatable: false, write };
    const answer = await ask(request, createdTag, call).catch((error: unknown) => {
      // Somebody made it meanwhile (assumption 22).
      if (error instanceof CrmError && error.code === 'CONFLICT') return error;
      throw error;
    });
    if (!(answer instanceof CrmError) && answer.tag_id) return answer.tag_id;
    const made = await byName(name, call);
    if (made !== null) return made.vendorId;
    throw answer instanceof CrmError ? answer : outcomeUnknown(write);
  }

  return {
    /** How many pages a walk over all tags takes, by the last count seen. */
    pages: () => pages,
    byIds,
    byName,
    page: (page: PageRequest, call: Call) => pageWith({}, page, call),

    /** Looks names up; creates nothing yet. */
    async find(refs: readonly TagRef[], call: Call): Promise<readonly WantedTag[]> {
      const names = new Map<string, WantedTag>();
      const wanted: WantedTag[] = [];
      for (const ref of refs) {
        if ('vendorId' in ref) {
          wanted.push({ id: ref.vendorId });
          continue;
        }
        const name = ref.name.trim();
        const known = names.get(name) ?? wantedTag(name, await byName(name, call));
        names.set(name, known);
        wanted.push(known);
      }
      return wanted;
    },

    /** The id of each, in order, and the ids of those that were missing and are made now. */
    async make(wanted: readonly WantedTag[], call: Call): Promise<MadeTags> {
      const made = new Map<string, string>();
      const ids: string[] = [];
      for (const each of wanted) {
        if ('id' in each) {
          ids.push(each.id);
          continue;
        }
        const id = made.get(each.missing) ?? (await makeOne(each.missing, made.size, call));
        made.set(each.missing, id);
        ids.push(id);
      }
      return { tagIds: ids, madeTags: [...made.values()] };
    },

    /** A second tag of the same name is refused (assumption 22), so it is looked for first. */
    async create(name: string, call: Call): Promise<WrittenTag> {
      const found = await byName(name, call);
      if (found !== null) return { tag: found, outcome: 'UNCHANGED' };
      const vendorId = await makeOne(name.trim(), 0, call);
      return { tag: { account, vendorId, name: name.trim() }, outcome: 'CREATED' };
    },
  };
}

/** What cannot be an id is refused before anything is sent: the vendor drops unknown ids without a word (quirk 7). */
export function refuseBadTagIds(refs: readonly TagRef[]): void {
  refs.forEach((ref, index) => {
    if (!('vendorId' in ref) || isId(ref.vendorId)) return;
    const message = 'This is no id of a tag in this CRM; give the id as the CRM shows it, or the name.';
    throw new CrmError('BAD_USER_INPUT', { field: `tags.${index}`, executed: 'no', message });
  });
}

const wantedTag = (name: string, found: Tag | null): WantedTag =>
  found === null ? { missing: name } : { id: found.vendorId };

/** '' for the first, then B, C, ..., Z, AA: names of placeholders have no digits. */
const letters = (nth: number): string => (nth === 0 ? '' : lettersOf(nth));
const lettersOf = (nth: number): string =>
  (nth < 26 ? '' : lettersOf(Math.floor(nth / 26) - 1)) + String.fromCharCode(65 + (nth % 26));
