import type { Call } from '../crm/call.ts';
import type { PathValues, QueryValues } from './encode.ts';

/** One request in a vendor's terms. Values are given raw; encoding happens here and nowhere else. */
export interface VendorRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Template below the base URL, for example `/api/crm/customer/{id}/`; also its name in logs. */
  readonly path: string;
  readonly pathValues?: PathValues;
  /** Undefined values are left out. */
  readonly query?: QueryValues;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as `application/x-www-form-urlencoded` instead of `body`. */
  readonly form?: Readonly<Record<string, string>>;
  /**
   * Whether sending it twice does no harm. Said by the vendor's code, never guessed from the verb.
   * When it is false, an end that leaves the fate of the request open is OUTCOME_UNKNOWN.
   */
  readonly repeatable: boolean;
  /** Present for requests that change something at the vendor: sent at most once, and not at all in a dry run. */
  readonly write?: VendorWrite;
  /** Repairs what a vendor is known to put around its JSON, before it is parsed. */
  readonly cleanText?: (text: string) => string;
  /** The vendor's own verdict on its answer; undefined: the HTTP status decides. */
  readonly failure: (answer: VendorAnswer) => VendorFailure | undefined;
}

export interface VendorWrite {
  /** The vendor's call is an upsert: sending it again makes no second record. */
  readonly safeToRepeat?: true;
  /** The 2xx alone says that it was carried out: a body too large for us then takes nothing away. */
  readonly statusDecides?: true;
  /**
   * The body a dry run goes on with in place of the answer, with `placeholder`s for what only the vendor knows. Needed
   * where a further request depends on the answer; without one the dry run ends here.
   */
  readonly dryAnswer?: unknown;
}

export interface VendorAnswer {
  readonly status: number;
  /** The parsed JSON; undefined for an empty body, and for one that is no JSON beside a failing status. */
  readonly body: unknown;
}

/** How a vendor says "no", whatever the HTTP status. */
export interface VendorFailure {
  /** The HTTP status it stands for; without one it is VENDOR_REJECTED. */
  readonly status?: number | undefined;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
}

/**
 * Sends a request to the account's vendor and answers once there is a checked success; repeatable ones are tried again
 * where that can help. Throws `CrmError` for everything else; `facts.executed` says whether the vendor may have
 * carried it out.
 */
export type Send = (request: VendorRequest, call: Call) => Promise<VendorAnswer>;
