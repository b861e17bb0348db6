import type { CustomerInput, CustomerInputField } from '../../crm/customerInput.ts';
import type { CustomerWrites } from '../../crm/customerWrites.ts';
import { CrmError } from '../../crm/errors.ts';
import type { Phones } from '../../crm/phones.ts';
import { isId } from './map.ts';
import type { WireCreate, WireFlag, WireUpdate } from './wire.ts';

// A customer in the bodies of create-customer and update-customer.

/** Reads a phone by the rules of the account's region. */
type ReadPhone = (phone: string) => ReturnType<Phones['parts']>;

type Writers<Name extends CustomerInputField, Body> = {
  readonly [Each in Name]: (value: NonNullable<CustomerInput[Each]>, readPhone: ReadPhone) => Partial<Body>;
};
type AnyWriters<Body> = Partial<Writers<CustomerInputField, Body>>;

/** What both take. */
const BOTH = {
  firstName: (first_name) => ({ first_name }),
  lastName: (last_name) => ({ last_name }),
  acceptsMarketing: (accepted) => ({ accepts_marketing: flag(accepted) }),
  payLater,
} satisfies AnyWriters<WireCreate & WireUpdate>;

/** Neither note nor membership level: they cannot be set on create (quirk 5). */
const CREATE = {
  ...BOTH,
  email: (email) => ({ email }),
  phone(phone, readPhone) {
    const { text, code } = spelled(phone, readPhone);
    return { phone: text, ...(code === undefined ? {} : { numberCode: code }) };
  },
} satisfies AnyWriters<WireCreate>;

/** No e-mail: it cannot be changed (quirk 5). */
const UPDATE = {
  ...BOTH,
  phone(phone, readPhone) {
    const { text, code } = spelled(phone, readPhone);
    return { phone: text, ...(code === undefined ? {} : { phone_prefix: code }) };
  },
  note: (note) => ({ note }),
  membershipLevelId: (id) => ({ customervip_id: levelId(id) }),
} satisfies AnyWriters<WireUpdate>;

const clearable = ['note', 'phone'] as const;

export const customerWrites = {
  CREATE: {
    required: [['email'], ['firstName'], ['lastName']],
    writable: Object.keys(CREATE) as (keyof typeof CREATE)[],
    clearable: [],
  },
  UPDATE: { required: [], writable: Object.keys(UPDATE) as (keyof typeof UPDATE)[], clearable },
} satisfies CustomerWrites;

export const createBody = (input: CustomerInput, readPhone: ReadPhone): WireCreate =>
  written<keyof typeof CREATE, WireCreate>(CREATE, input, readPhone);

export function updateBody(id: string, input: CustomerInput, readPhone: ReadPhone): WireUpdate {
  // An empty text clears (question 5).
  const emptied = Object.fromEntries(clearable.filter((name) => input[name] === null).map((name) => [name, '']));
  return {
    id: Number(id),
    ...written<keyof typeof UPDATE, WireUpdate>(UPDATE, { ...input, ...emptied }, readPhone),
  };
}

/** The fields of the body that the input names; all others are left alone (question 4). */
function written<Name extends CustomerInputField, Body>(
  writers: Writers<Name, Body>,
  input: CustomerInput,
  readPhone: ReadPhone,
): Partial<Body> {
  const fieldsOf = <Each extends Name>(name: Each): Partial<Body> => {
    const value = input[name];
    return value === undefined || value === null ? {} : writers[name](value, readPhone);
  };
  return Object.assign({}, ...(Object.keys(writers) as Name[]).map(fieldsOf));
}

/** The country code stands in the text and beside it (question 8). What can be no number is sent as it is. */
function spelled(phone: string, readPhone: ReadPhone): { readonly text: string; readonly code?: string } {
  const parts = readPhone(phone);
  return parts === null
    ? { text: phone }
    : { text: `+${parts.callingCode} ${parts.national}`, code: parts.callingCode };
}

function payLater({ enabled, level }: NonNullable<CustomerInput['payLater']>) {
  if (enabled === undefined && level === undefined) throw refused('payLater', 'Give "enabled", "level" or both.');
  for (const [name, value] of Object.entries({ enabled, level })) {
    if (value === null) throw refused(`payLater.${name}`, 'This CRM cannot clear it; leave it out or give a value.');
  }
  return {
    ...(typeof enabled === 'boolean' ? { payafteruse_status: flag(enabled) } : {}),
    ...(typeof level === 'number' ? { payafteruse_level: level } : {}),
  };
}

/** Levels are numbered, and 0 is none. An empty text would leave the level as it is (quirk 6). */
function levelId(id: string): number {
  if (!isId(id)) throw refused('membershipLevelId', 'Membership levels of this CRM are numbers; give one.');
  return Number(id);
}

/** 1 is yes and 2 is no (quirk 1). */
const flag = (value: boolean): WireFlag => (value ? 1 : 2);

const refused = (field: string, message: string): CrmError =>
  new CrmError('BAD_USER_INPUT', { field, message, executed: 'no' });
