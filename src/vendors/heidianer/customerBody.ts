import type { CustomerInput, CustomerInputField, TagRef } from '../../crm/customerInput.ts';
import type { CustomerWrites } from '../../crm/customerWrites.ts';
import { CrmError } from '../../crm/errors.ts';
import type { JsonObject } from '../../crm/json.ts';
import { textOrNull } from '../../crm/values.ts';
import type { ReferralCode } from './referralCodes.ts';
import { storedBody } from './wire.ts';

/** The contract's CustomerWrite. */
export interface CustomerBody {
  readonly mobile: string;
  readonly full_name: string;
  readonly gender: string;
  readonly email: string;
  readonly birthday: string | null;
  readonly note: string;
  readonly accepts_marketing: boolean;
  readonly referral_code: string;
  readonly tags: readonly string[];
}

/** Spells a phone as the vendor keeps mobile numbers. */
export type SpellMobile = (phone: string) => string;

type Writer = (input: CustomerInput, spell: SpellMobile) => Partial<CustomerBody>;

/** Each field we write, as its part of the body. */
const parts = {
  phone: ({ phone }, spell) => ({ mobile: spell(phone ?? '') }),
  fullName: ({ fullName }) => ({ full_name: fullName ?? '' }),
  gender: ({ gender }) => ({ gender: gender === 'MALE' ? 'male' : gender === 'FEMALE' ? 'female' : 'unknown' }),
  email: ({ email }) => ({ email: email ?? '' }),
  birthday: ({ birthday }) => ({ birthday: textOrNull(birthday) }),
  note: ({ note }) => ({ note: note ?? '' }),
  acceptsMarketing: ({ acceptsMarketing }) => ({ accepts_marketing: acceptsMarketing === true }),
  referralCode: ({ referralCode }) => ({ referral_code: referralCode ?? '' }),
  tags: ({ tags = [] }) => ({ tags: tagNames(tags) }),
} satisfies { readonly [Name in CustomerInputField]?: Writer };

const writable = Object.keys(parts) as (keyof typeof parts)[];
const clearable = ['fullName', 'gender', 'email', 'birthday', 'note', 'referralCode'] as const;

/** Only `mobile` is assumed to be required (assumption 3); tags of an existing customer have writes of their own. */
export const customerWrites = {
  CREATE: { required: [['phone']], writable, clearable },
  UPDATE: { required: [], writable: writable.filter((name) => name !== 'tags'), clearable },
} satisfies CustomerWrites;

/** The part of the body that the input names. */
export function namedIn(input: CustomerInput, spell: SpellMobile): Partial<CustomerBody> {
  const named = writable.filter((name) => input[name] !== undefined);
  return Object.assign({}, ...named.map((name) => parts[name](input, spell)));
}

/** A tag has no id: its name is all there is. */
export const tagNames = (tags: readonly TagRef[]): readonly string[] => [
  ...new Set(tags.map((tag) => ('name' in tag ? tag.name : tag.vendorId))),
];

export interface Replacement {
  /** All nine fields: what a PUT leaves out may be reset (quirk 13). */
  readonly body: CustomerBody;
  /** The record holds all of it already. */
  readonly isStored: boolean;
  /** The referral code was not named, and had to be sent without knowing what it was. */
  readonly isCodeAtRisk: boolean;
}

/** Puts changes into what was read; whatever they do not name goes back exactly as it came. */
export function replacement(row: JsonObject, changes: Partial<CustomerBody>, known: ReferralCode): Replacement {
  const stored: Partial<CustomerBody> = {
    ...storedIn(row, changes),
    ...(known.isCertain ? { referral_code: known.code } : {}),
  };
  const body = { referral_code: known.code, ...stored, ...changes } as CustomerBody;
  return {
    body,
    isStored: Object.entries(changes).every(([name, value]) => isSame(stored[name as keyof CustomerBody], value)),
    isCodeAtRisk: changes.referral_code === undefined && !known.isCertain,
  };
}

/** A tags change goes on from the tags that the record carries. */
export const storedTags = (row: JsonObject): readonly string[] => storedField(row, 'tags');

function storedIn(row: JsonObject, changes: Partial<CustomerBody>): Partial<CustomerBody> {
  const fields = (Object.keys(storedBody) as (keyof typeof storedBody)[]).flatMap((name) => {
    // What is replaced anyway need not be readable.
    if (changes[name] === undefined) return [[name, storedField(row, name)]];
    const parsed = storedBody[name].safeParse(row[name]);
    return parsed.success ? [[name, parsed.data]] : [];
  });
  return Object.fromEntries(fields);
}

function storedField<Name extends keyof typeof storedBody>(row: JsonObject, name: Name): CustomerBody[Name] {
  const parsed = storedBody[name].safeParse(row[name]);
  if (parsed.success) return parsed.data as CustomerBody[Name];
  throw new CrmError('VENDOR_BAD_RESPONSE', {
    executed: 'no',
    message: `The CRM did not show its field "${name}" as its contract says, and a change would have overwritten it; nothing was changed.`,
  });
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
