import type { Freshness, ReadMarks } from '../../crm/freshness.ts';

type MaybeRead = { readonly [Name in keyof ReadMarks]?: ReadMarks[Name] | undefined };

/** When a record was read; null where no read brought it. */
export const readTime = ({ fetchedAt }: MaybeRead): string | null =>
  fetchedAt === undefined ? null : new Date(fetchedAt).toISOString();

/** How it was come by; a record that was read and bears no mark is as the vendor showed it. */
export const freshnessOf = ({ fetchedAt, freshness }: MaybeRead): Freshness | null =>
  fetchedAt === undefined ? null : (freshness ?? 'LIVE');
