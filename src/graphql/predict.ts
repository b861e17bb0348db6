import type { Arguments } from '../execution/arguments.ts';
import { createBill } from './bill.ts';
import type { Context } from './context.ts';
import type { CostlyOperation } from './costlyFields.ts';
import { NOBODY, type Pricing, priceFields, priceKeys } from './fieldCosts.ts';

/**
 * How many requests each account can cost at most, by account id, from the operation alone; accounts that cost nothing
 * are left out. Retries and the renewal of a token come on top, and so do pages that are looked through because rows have
 * moved since the cursor was made: one or two for each account, as long as some of what was passed last is still there and
 * the CRM counts its rows. Everything else stays below, as long as the CRMs keep the page sizes of their contracts.
 *
 * @param variables coerced
 */
export function predictCalls(
  context: Context,
  operation: CostlyOperation,
  variables: Arguments,
): ReadonlyMap<string, number> {
  const pricing: Pricing = { context, bill: createBill(), operation, variables };
  priceFields(operation.fields, NOBODY, pricing);
  priceKeys(pricing.bill);
  return pricing.bill.totals;
}
