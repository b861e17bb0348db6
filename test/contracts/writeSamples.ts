import { type CountryCode, getExampleNumber } from 'libphonenumber-js';
import examples from 'libphonenumber-js/mobile/examples';
import type { CustomerInputField } from '../../src/crm/customerInput.ts';
import type { Subject } from './subject.ts';

/** Values of a `CustomerInput`, by its names. */
export type Sample = Readonly<Record<string, unknown>>;

let used = 0;
/** In every text a sample holds, and in no other sample. */
export const newToken = (): string => {
  used += 1;
  return String(7_000 + used);
};

/** Something for every field; parts of addresses are those that every CRM with addresses keeps. */
const VALUES: Readonly<Record<CustomerInputField, (token: string, subject: Subject) => unknown>> = {
  fullName: (token) => `Đặng Thị Sương ${token}`,
  firstName: (token) => `José ${token}`,
  lastName: (token) => `王 ${token}`,
  email: (token) => `contract.${token}@example.com`,
  phone: (token, { region }) => phoneIn(region, token),
  gender: () => 'FEMALE',
  birthday: () => '1990-02-03',
  note: (token) => `note ${token}\nsecond line`,
  company: (token) => `Công ty ${token}`,
  jobTitle: (token) => `Manager ${token}`,
  website: (token) => `https://example.com/${token}`,
  addresses: (token) => [{ line1: `Street ${token}`, city: `City ${token}` }],
  acceptsMarketing: () => true,
  kind: () => 'VIP',
  source: (token) => `source ${token}`,
  externalId: (token) => `external-${token}`,
  referralCode: (token) => `REF${token}`,
  identityDocument: (token) => ({ type: 'PASSPORT', number: `P${token}` }),
  ownerId: (_, { agent }) => agent ?? '1',
  leadScore: (token) => Number(token),
  interactionChannels: (token) => [`Channel ${token}`],
  socialProfiles: (token) => [{ network: 'facebook', value: `https://facebook.com/${token}` }],
  membershipLevelId: () => '2',
  referrerCode: (token) => `cid${token}`,
  payLater: () => ({ enabled: true, level: 3 }),
  tags: (token) => [{ name: `Contract tag ${token}` }],
  customFields: (token, { textField = 'none' }) => [{ name: textField, text: `Value ${token}` }],
};

/** An example number of the country, with the token at its end. */
function phoneIn(region: string, token: string): string {
  const example = getExampleNumber(region as CountryCode, examples)?.number;
  if (example === undefined) throw new Error(`no example of a phone in ${region}`);
  return `${example.slice(0, -token.length)}${token}`;
}

/** All these fields, filled. */
export function sampleOf(subject: Subject, fields: readonly string[], token = newToken()): Sample {
  const values = VALUES as Readonly<Record<string, (typeof VALUES)[CustomerInputField]>>;
  return Object.fromEntries(
    fields.map((field) => {
      const value = values[field];
      if (value === undefined) throw new Error(`nobody knows a value for ${field}`);
      return [field, value(token, subject)];
    }),
  );
}

/** The texts in a value that hold the token. */
export function textsIn(value: unknown, token: string): readonly string[] {
  if (typeof value === 'string') return value.includes(token) ? [value] : [];
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap((each) => textsIn(each, token))
    : [];
}
