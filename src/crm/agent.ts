import type { AccountFacts } from './account.ts';

/** A member of the company's team, as the CRM knows them. */
export interface CrmAgent {
  readonly account: AccountFacts;
  readonly vendorId: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  readonly isActive: boolean | null;
  readonly isAgent: boolean | null;
  readonly isAdmin: boolean | null;
  readonly isSupervisor: boolean | null;
}
