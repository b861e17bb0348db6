import type { Call } from '../../crm/call.ts';
import type { JsonObject } from '../../crm/json.ts';
import { afterOf, type NumberedRows, type PageRequest, pageNumber } from '../../crm/page.ts';
import type { Ask } from './client.ts';
import { listPage } from './wire.ts';

/** Rows per page: the maximum is not documented, 50 is small enough to be safe (assumption 17). */
export const LARGEST_PAGE = 50;

export type List = ReturnType<typeof createList>;

/**
 * Asks for one page of a list. A vendor that allows fewer rows than we ask for cuts every page of a walk alike, because
 * we ask for the same number each time; so its pages stay gapless, and only their count follows from its own `limit`.
 */
export function createList(ask: Ask) {
  return async function list(path: string, body: JsonObject, { after, size }: PageRequest, call: Call) {
    const page = pageNumber(after);
    const asked = Math.min(size, LARGEST_PAGE);
    const answer = await ask({ path, body: { ...body, page, limit: asked }, repeatable: true }, listPage, call);
    const { items } = answer;
    const limit = Math.min(asked, answer.limit ?? asked);
    const total = answer.total ?? undefined;
    // An empty page is the last one too, whatever `total` says (contract, Pagination).
    const more = items.length > 0 && (total === undefined ? items.length >= limit : page * limit < total);
    const numbered: NumberedRows = { here: items.length, total };
    return { items, total, next: more ? afterOf(page + 1) : undefined, numbered };
  };
}
