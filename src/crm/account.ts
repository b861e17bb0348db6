/** What an adapter and its records know about the account they belong to. */
export interface AccountFacts {
  /** Unique over all tenants, chosen by whoever configured it. */
  readonly id: string;
  /** Key of the vendor, for example in `Source` and errors. */
  readonly vendor: string;
  /** ISO 3166 alpha-2 country that phones without a country code belong to. */
  readonly region: string;
  /** IANA time zone of time stamps that carry none. */
  readonly timeZone: string;
}
