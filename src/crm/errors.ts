/** What a failure means for one account's part in a fan-out read (`Source.state` in the graph). */
export type SourceState =
  | 'OK'
  | 'STALE'
  | 'UNSUPPORTED'
  | 'SKIPPED'
  | 'NOT_ATTEMPTED'
  | 'RATE_LIMITED'
  | 'TIMED_OUT'
  | 'UNAUTHORIZED'
  | 'UNAVAILABLE'
  | 'FAILED';

interface CatalogueEntry {
  /** One sentence that says what happened and what to do. */
  readonly message: string;
  /** Whether the same request may succeed later without anybody changing anything. */
  readonly retryable: boolean;
  /** How a fan-out read reports it. */
  readonly source: SourceState;
}

/** Every error code a caller can see, for all vendors. */
export const ERROR_CATALOGUE = {
  VENDOR_UNAVAILABLE: {
    message: 'The CRM could not be reached or reported a failure of its own; try again later.',
    retryable: true,
    source: 'UNAVAILABLE',
  },
  VENDOR_TIMEOUT: {
    message: 'The CRM did not answer in time; try again later or allow more time.',
    retryable: true,
    source: 'TIMED_OUT',
  },
  VENDOR_RATE_LIMITED: {
    message: 'The CRM takes no more requests from this account for now; try again after retryAfter seconds.',
    retryable: true,
    source: 'RATE_LIMITED',
  },
  VENDOR_AUTH: {
    message: "The CRM refused this account's credentials; check them in the settings.",
    retryable: false,
    source: 'UNAUTHORIZED',
  },
  VENDOR_BAD_RESPONSE: {
    message: 'The CRM answered something that is not part of its contract; report it if it lasts.',
    retryable: false,
    source: 'FAILED',
  },
  VENDOR_REJECTED: {
    message: 'The CRM refused the request; see vendorMessage, correct the input and send it again.',
    retryable: false,
    source: 'FAILED',
  },
  NOT_SUPPORTED_BY_VENDOR: {
    message: 'This CRM cannot do that; see the capabilities of the account.',
    retryable: false,
    source: 'UNSUPPORTED',
  },
  NOT_ATTEMPTED: {
    message: 'The time for this operation ran out before the CRM was asked; ask for less or try again.',
    retryable: true,
    source: 'NOT_ATTEMPTED',
  },
  OUTCOME_UNKNOWN: {
    message: 'The request was sent but its outcome is not known; look the record up before you send it again.',
    retryable: false,
    source: 'FAILED',
  },
  NOT_FOUND: {
    message: 'The CRM has no such record; check the id.',
    retryable: false,
    source: 'FAILED',
  },
  CONFLICT: {
    message: 'The record is in a state that does not allow this; read it again and decide.',
    retryable: false,
    source: 'FAILED',
  },
  UNAUTHENTICATED: {
    message: 'Who you are is not known; send a valid credential as "Authorization: Bearer ...".',
    retryable: false,
    source: 'FAILED',
  },
  FORBIDDEN: {
    message: 'You lack the scope this needs; ask for a credential that has it.',
    retryable: false,
    source: 'FAILED',
  },
  BAD_USER_INPUT: {
    message: 'The input is not valid; correct the named argument.',
    retryable: false,
    source: 'FAILED',
  },
  OPERATION_TOO_LARGE: {
    message: 'The document is larger than what is taken; split it or ask for less.',
    retryable: false,
    source: 'FAILED',
  },
  OPERATION_TOO_EXPENSIVE: {
    message: 'The operation could take too many requests to CRMs; ask for smaller pages or fewer levels.',
    retryable: false,
    source: 'FAILED',
  },
  PERSISTED_QUERY_NOT_IN_LIST: {
    message: 'Only operations of the safelist run here; add this one to SAFELIST_FILE, or send it exactly as listed.',
    retryable: false,
    source: 'FAILED',
  },
  CALL_BUDGET_SPENT: {
    message: 'You have no requests to CRMs left for now; ask again after retryAfter seconds.',
    retryable: true,
    source: 'FAILED',
  },
  INTERNAL_SERVER_ERROR: {
    message: 'Something went wrong on our side; report it with the correlation id.',
    retryable: false,
    source: 'FAILED',
  },
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof ERROR_CATALOGUE;

/**
 * Whether the vendor carried a request out:
 * `no`: it certainly did not (never sent, refused connection, 429, rejected);
 * `unknown`: it was sent and no readable verdict came back.
 */
export type Executed = 'no' | 'unknown';

export interface ErrorFacts {
  /** Replaces the catalogue's sentence where a better one is known. */
  readonly message?: string;
  readonly vendor?: string;
  readonly account?: string;
  /** Seconds. */
  readonly retryAfter?: number;
  /** The vendor's own code, as it spelled it. */
  readonly vendorCode?: string;
  /** The vendor's own words, with secrets and personal data taken out. */
  readonly vendorMessage?: string;
  readonly executed?: Executed;
  /** HTTP status the verdict rests on, where there was one. */
  readonly status?: number;
  /** The connection broke: the same request on another one may well succeed. */
  readonly connectionLost?: boolean;
  /** The argument or input field that is wrong. */
  readonly field?: string;
  /** Sending an OUTCOME_UNKNOWN again makes no second record: the vendor's call is an upsert. */
  readonly safeToRepeat?: boolean;
  /** Vendor ids of the records that a CONFLICT is about. */
  readonly candidates?: readonly string[];
  /** What the account would need for a NOT_SUPPORTED_BY_VENDOR. */
  readonly capability?: string;
  /** Names the log line of a defect. */
  readonly correlationId?: string;
  readonly cause?: unknown;
}

/** The one kind of error thrown on purpose. Everything else is a bug and is masked for the caller. */
export class CrmError extends Error {
  readonly code: ErrorCode;
  readonly facts: ErrorFacts;

  constructor(code: ErrorCode, facts: ErrorFacts = {}) {
    super(facts.message ?? ERROR_CATALOGUE[code].message, { cause: facts.cause });
    this.name = 'CrmError';
    this.code = code;
    this.facts = facts;
  }

  get retryable(): boolean {
    return ERROR_CATALOGUE[this.code].retryable;
  }

  /** The same error with the account it happened at, unless it already names one. */
  at(account: { readonly id: string; readonly vendor: string }): CrmError {
    if (this.facts.account !== undefined) return this;
    const named = new CrmError(this.code, { ...this.facts, account: account.id, vendor: account.vendor });
    if (this.stack !== undefined) named.stack = this.stack;
    return named;
  }
}

/** How a fan-out read reports this failure. */
export const sourceStateOf = (error: CrmError): SourceState => ERROR_CATALOGUE[error.code].source;

/** Null where the vendor has no such record; every other failure stays one. */
export const nullIfNotFound = <Answer>(answer: Promise<Answer>): Promise<Answer | null> => answer.catch(orNull);

function orNull(error: unknown): null {
  if (error instanceof CrmError && error.code === 'NOT_FOUND') return null;
  throw error;
}
