import { z } from 'zod';
import type { EmulatedAnswer } from '../../emulation/answer.ts';
import { type EmulatedVendor, type EmulatorOptions, type JsonRecord, startEmulator } from '../../emulation/emulator.ts';
import { type Person, people } from '../../emulation/people.ts';

export const credentials = { token: 'salekit-demo-token' };

/** What the contract leaves open, and the reading the emulator starts with. */
const quirks = {
  /** 200 or 401: the HTTP status of a refused token (question 9). */
  badTokenStatus: 200,
  /** `boolean`, `text` or `number`: how `error` is written (question 10). */
  errorType: 'boolean',
  /** Whether byte-order marks and control characters precede every answer, as PHP files saved with a mark put them. */
  strayBytes: false,
};

interface Contact {
  fullName: string;
  email: string;
  phone: string;
  readonly tags: Set<string>;
  source: string;
  referrer: string;
  gender: string;
  address: string;
  note: string;
  readonly customFields: Map<string, string>;
  type: number;
}

/** Attributes somebody created in the product; values of others are dropped (question 7). */
const CUSTOM_FIELDS: ReadonlySet<string> = new Set(['madon', 'nguon', 'size']);

const OK = 200;
/** One mark for each of two such files, and what a terminal would not show. */
const STRAY_BYTES = '\uFEFF\uFEFF\u0000\u001B';

const text = z.string().min(1);
/** No empty names, each once. */
const tagNames = text.refine((list) => new Set(tagsIn(list)).size === list.split(',').length, {
  message: 'names nothing or the same tag twice',
});

/** What a correct client sends: never an empty text (question 3), custom values as text (question 8). */
const upsertRequest = z
  .strictObject({
    full_name: text,
    email: text,
    phone: text.refine((phone) => !VIETNAMESE.test(phone), { message: 'is not in national format' }).optional(),
    tag: tagNames.optional(),
    un_tag: tagNames.optional(),
    src: text.optional(),
    cid: text.optional(),
    // In composed form (quirk 6).
    gender: z.enum(['Nam', 'Nữ']).optional(),
    address: text.optional(),
    note: text.optional(),
    custom_field: z.record(text, text).optional(),
    type: z.int().min(0).max(7).optional(),
  })
  .refine(({ tag, un_tag }) => tagsIn(tag).every((name) => !tagsIn(un_tag).includes(name)), {
    path: ['un_tag'],
    message: 'takes off a tag that `tag` puts on (question 5)',
  });

/** Numbers of the vendor's own country, spelled for callers from abroad. */
const VIETNAMESE = /^(\+|00)84\d{9}$/;

/** What the vendor itself accepts: more, as far as the contract's document goes. */
const acceptedRequest = z.object({
  full_name: text,
  email: text,
  phone: z.string().optional(),
  tag: z.string().optional(),
  un_tag: z.string().optional(),
  src: z.string().optional(),
  cid: z.string().optional(),
  gender: z.string().optional(),
  address: z.string().optional(),
  note: z.string().optional(),
  custom_field: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
  type: z.int().min(0).max(7).optional(),
});

export function start(options: EmulatorOptions = {}) {
  return startEmulator((live) => salekit(live as typeof quirks, options.customers ?? 500), options);
}

function salekit(live: typeof quirks, count: number): EmulatedVendor {
  let contacts: Set<Contact>;
  let tags: Set<string>;

  function reset(): void {
    contacts = new Set(people(count).map(contactOf));
    tags = new Set([...contacts].flatMap((contact) => [...contact.tags]));
  }
  reset();

  const flag = (error: boolean): unknown =>
    live.errorType === 'text' ? String(error) : live.errorType === 'number' ? Number(error) : error;
  const answer = (status: number, error: boolean, message: string): EmulatedAnswer => ({
    status,
    body: { error: flag(error), msg: message },
    ...(live.strayBytes ? { prefix: STRAY_BYTES } : {}),
  });
  const failure = (status: number, message: string) => answer(status, true, message);

  return {
    headers: ['token'],
    basePath: '',
    quirks,
    reset,
    records: () => ({
      customers: [...contacts].map(recordOf),
      tags: [...tags].map((name) => ({ name })),
      customFields: [...CUSTOM_FIELDS].map((name) => ({ name })),
    }),
    failure: (status) => failure(status, failureMessage(status)),
    failureInside200: (status) => failure(OK, failureMessage(status)),
    unknownRoute: () => failure(404, failureMessage(404)),
    authorize: ({ headers }) =>
      headers.token === credentials.token ? undefined : failure(live.badTokenStatus, failureMessage(401)),
    routes: [
      {
        operation: 'upsertAudience',
        method: 'POST',
        path: '/api/v1/audience/create',
        body: upsertRequest,
        handle({ body }) {
          const accepted = acceptedRequest.safeParse(body);
          if (!accepted.success) {
            const fields = accepted.error.issues.map(({ path }) => path.join('.') || 'JSON');
            return failure(OK, `Thiếu hoặc sai ${fields.join(', ')}`);
          }
          upsert(accepted.data);
          return answer(OK, false, 'Thành công');
        },
      },
    ],
  };

  function upsert(request: z.output<typeof acceptedRequest>): void {
    const contact = contactFor(request.email, request.phone) ?? newContact();
    contacts.add(contact);
    // An empty text leaves the field as it is, like an omitted one (questions 2 and 3).
    contact.fullName = request.full_name;
    contact.email = request.email;
    contact.phone = request.phone || contact.phone;
    contact.source = request.src || contact.source;
    contact.referrer = request.cid || contact.referrer;
    contact.gender = request.gender || contact.gender;
    contact.address = request.address || contact.address;
    contact.note = request.note || contact.note;
    // 0 is a type like any other (quirk 7).
    contact.type = request.type ?? contact.type;
    for (const [name, value] of Object.entries(request.custom_field ?? {})) {
      if (CUSTOM_FIELDS.has(name) && value !== null && value !== '') contact.customFields.set(name, String(value));
    }
    // First put on, then taken off (question 5); taking off what is not there is no error (question 13).
    for (const name of tagsIn(request.tag)) {
      tags.add(name);
      contact.tags.add(name);
    }
    for (const name of tagsIn(request.un_tag)) contact.tags.delete(name);
  }

  /** The e-mail decides, then the phone (question 1). */
  function contactFor(email: string, phone = ''): Contact | undefined {
    const all = [...contacts];
    const address = email.toLowerCase();
    const number = digits(phone);
    return (
      all.find((contact) => contact.email.toLowerCase() === address) ??
      all.find((contact) => number !== '' && digits(contact.phone) === number)
    );
  }
}

/** Separated by commas, trimmed, empty ones dropped (question 4); case counts (question 6). */
const tagsIn = (list = ''): readonly string[] =>
  list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

const digits = (phone: string): string => phone.replace(/\D/g, '');

function newContact(): Contact {
  return {
    fullName: '',
    email: '',
    phone: '',
    tags: new Set(),
    source: '',
    referrer: '',
    gender: '',
    address: '',
    note: '',
    customFields: new Map(),
    // A plain customer (question 12).
    type: 0,
  };
}

function contactOf(person: Person): Contact {
  return {
    fullName: person.fullName,
    email: person.email,
    // National format with a leading 0, as the product asks for it.
    phone: `${person.country === 'VN' ? '0' : `+${person.callingCode}`}${person.nationalNumber}`,
    tags: new Set(person.tags),
    source: person.index % 3 === 0 ? 'chatbot' : '',
    referrer: '',
    gender: person.gender === 'male' ? 'Nam' : 'Nữ',
    address: `${person.street} - ${person.city}`,
    note: person.note,
    customFields: new Map(person.index % 4 === 0 ? [['madon', String(10_000 + person.index)]] : []),
    type: person.index % 8,
  };
}

/** With the request's names of the fields, as nothing is ever answered. */
const recordOf = (contact: Contact): JsonRecord => ({
  full_name: contact.fullName,
  email: contact.email,
  phone: contact.phone,
  tag: [...contact.tags],
  src: contact.source,
  cid: contact.referrer,
  gender: contact.gender,
  address: contact.address,
  note: contact.note,
  custom_field: Object.fromEntries(contact.customFields),
  type: contact.type,
});

function failureMessage(status: number): string {
  switch (status) {
    case 400:
      return 'Yêu cầu không hợp lệ';
    case 401:
      return 'Token không hợp lệ';
    case 404:
      return 'Không tìm thấy';
    case 429:
      return 'Quá nhiều yêu cầu';
    default:
      return 'Lỗi hệ thống';
  }
}
