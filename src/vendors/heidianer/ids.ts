import { CrmError } from '../../crm/errors.ts';
import { isPlaceholder } from '../../crm/requests.ts';

/** Ids are integers: with anything else the vendor has no record, and asking would break its contract. */
export const isId = (id: string): boolean => /^[1-9]\d{0,14}$/.test(id) || isPlaceholder(id);

/** Throws NOT_FOUND for an id that no record can have. `field` names the input it came in, where there are several. */
export function requireId(id: string, field?: string): void {
  if (isId(id)) return;
  throw new CrmError('NOT_FOUND', { executed: 'no', ...(field === undefined ? {} : { field }) });
}
