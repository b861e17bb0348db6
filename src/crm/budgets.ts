import type { Caller } from './caller.ts';

/** What a caller may still ask of the CRMs. */
export interface BudgetState {
  /** Vendor calls a minute. */
  readonly limit: number;
  readonly left: number;
  /** Seconds until all of it is there again. */
  readonly resetAfter: number;
}

/** Vendor calls that each caller may cause in a minute: what is predicted is set aside, what was not used comes back. */
export interface Budgets {
  /** Sets calls aside. Throws CALL_BUDGET_SPENT when there are not so many left. */
  take(caller: Caller, calls: number): void;
  giveBack(caller: Caller, calls: number): void;
  /** Undefined without a limit. */
  state(caller: Caller): BudgetState | undefined;
}
