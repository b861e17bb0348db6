import type { Call } from '../crm/call.ts';
import type { Account } from '../crm/connectedAccount.ts';
import { CrmError } from '../crm/errors.ts';

/** Asks one account's adapter; whatever fails then names the account it failed at. */
export async function ask<Answer>(
  account: Account,
  call: Call,
  method: (call: Call) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await method(call);
  } catch (error) {
    throw failureAt(account, error);
  }
}

/** What failed at an account, naming it. */
export const failureAt = (account: Account, error: unknown): unknown =>
  error instanceof CrmError ? error.at(account) : error;
