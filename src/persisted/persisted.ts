import type { PersistedConfig } from '../config.ts';
import type { Clock } from '../crm/clock.ts';
import { createRecentDocuments, type DocumentCache } from './recentDocuments.ts';
import { createSafelist, type Safelist } from './safelist.ts';

/** Documents that may be sent by an id alone; never both. */
export interface Persisted {
  /** What Apollo needs for automatic persisted queries; undefined: there are none. */
  readonly automatic?: { readonly cache: DocumentCache };
  /** All that may run; undefined: anything may. */
  readonly safelist?: Safelist;
}

/** @throws SafelistFileError if the safelist cannot be used */
export function openPersisted(
  config: PersistedConfig | undefined,
  clock: Clock,
  reportProblem: (problem: string) => void,
): Persisted {
  if (config === undefined) return {};
  if (config.mode === 'automatic') return { automatic: { cache: createRecentDocuments() } };
  return { safelist: createSafelist(config.file, clock, reportProblem) };
}
