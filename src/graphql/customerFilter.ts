import type { CustomerFilter } from '../crm/adapter.ts';
import type { Account } from '../crm/connectedAccount.ts';
import type { RecordType } from '../crm/globalIds.ts';
import type { Json } from '../crm/json.ts';
import type { Context } from './context.ts';
import { badInput } from './errors.ts';
import type { CustomerFilter as FilterInput } from './generated.ts';
import { given } from './given.ts';
import { addressOf, decodeId } from './keys.ts';

const LONGEST_TEXT = 256;
const MOST_IDS = 100;

/** A caller's filter, checked once, and what it asks of each account. */
export interface PlannedFilter {
  /** Names the filter in cursors. */
  readonly digest: Json;
  /** The account's own conditions, or why it does not take part. */
  of(account: Account): CustomerFilter | 'SKIPPED' | 'UNSUPPORTED';
}

const EVERYBODY: PlannedFilter = {
  digest: { ids: null, tags: null, segment: null, segmentExclude: null },
  of: () => NO_CONDITIONS,
};
const NO_CONDITIONS: CustomerFilter = {};

/** Checks every value and finds out which account each id belongs to. Throws BAD_USER_INPUT naming the field. */
export function planFilter(context: Context, input: FilterInput | null | undefined): PlannedFilter {
  if (input === null || input === undefined) return EVERYBODY;
  const { ids, tags, segment, segmentExclude, ...plain } = given(input);
  for (const [name, value] of Object.entries(plain)) {
    if (value.length === 0 || value.length > LONGEST_TEXT) {
      throw badInput(
        `filter.${name}`,
        `"filter.${name}" must have 1 to ${LONGEST_TEXT} characters; leave it out for no condition.`,
      );
    }
  }
  const idsOf = grouped(context, 'Customer', 'filter.ids', ids);
  const tagsOf = grouped(context, 'Tag', 'filter.tags', tags);
  const segmentOf = grouped(context, 'Segment', 'filter.segment', segment === undefined ? undefined : [segment]);
  const excludedOf = grouped(
    context,
    'Segment',
    'filter.segmentExclude',
    segmentExclude === undefined ? undefined : [segmentExclude],
  );
  const named = [idsOf, tagsOf, segmentOf, excludedOf].filter((groups) => groups !== undefined);

  return {
    digest: {
      ...plain,
      ids: ids ?? null,
      tags: tags ?? null,
      segment: segment ?? null,
      segmentExclude: segmentExclude ?? null,
    },
    of({ id, adapter }) {
      if (named.some((groups) => !groups.has(id))) return 'SKIPPED';
      const conditions: CustomerFilter = given({
        ...plain,
        ids: idsOf?.get(id),
        tags: tagsOf?.get(id),
        segment: segmentOf?.get(id)?.[0],
        segmentExclude: excludedOf?.get(id)?.[0],
      });
      const honoured: readonly string[] = adapter.customerFilters ?? [];
      return Object.keys(conditions).every((name) => honoured.includes(name)) ? conditions : 'UNSUPPORTED';
    },
  };
}

/** Vendor ids by account; undefined where the condition was not given. */
function grouped(
  context: Context,
  type: RecordType,
  field: string,
  ids: readonly string[] | undefined,
): ReadonlyMap<string, readonly string[]> | undefined {
  if (ids === undefined) return undefined;
  if (ids.length > MOST_IDS) throw badInput(field, `"${field}" takes at most ${MOST_IDS} ids; ask in parts.`);
  const groups = new Map<string, string[]>();
  for (const id of ids) {
    const decoded = decodeId(context, field, id);
    if (decoded.type !== type)
      throw badInput(field, `"${field}" takes ids of type ${type}; one of them is the id of a ${decoded.type}.`);
    const address = addressOf(context, decoded.account, decoded.vendorId);
    if (address === undefined) continue;
    const group = groups.get(address.account.id);
    if (group === undefined) groups.set(address.account.id, [address.vendorId]);
    else group.push(address.vendorId);
  }
  return groups;
}
