import { z } from 'zod';
import type { EmulatedAnswer } from '../../emulation/answer.ts';
import { type EmulatedVendor, type EmulatorOptions, startEmulator } from '../../emulation/emulator.ts';
import { type Person, people } from '../../emulation/people.ts';
import { pick, seededRandom } from '../../emulation/random.ts';

export const credentials = { skillAccessToken: 'fecify-demo-skill-access-token' };

/** What the contract leaves open, and the reading the emulator starts with. */
const quirks = {
  /** `ok` (HTTP 200 around every failure) or `mirror` (the HTTP status equals the code) (question 1). */
  failureStatus: 'ok',
  /** `number` or `text`: how `code` is written. */
  codeType: 'number',
  /** `insensitive` or `exact`: how e-mails are compared (question 10). */
  emailCase: 'insensitive',
  /** Rows per page when the client does not say, and at most (question 9). */
  defaultPage: 20,
  largestPage: 100,
  /** Hours the store's clock is ahead of UTC (question 7). */
  timeZone: 8,
};

interface Customer {
  readonly id: number;
  readonly addresses: readonly Address[];
}

interface Address {
  readonly id: number;
  readonly person: Person;
  /** From 0; the first is the default. */
  readonly position: number;
  readonly createdAt: Date;
}

interface Message {
  readonly id: number;
  readonly name: string;
  readonly telephone: string;
  readonly email: string;
  readonly answers: readonly (readonly [name: string, value: string])[];
  readonly createdAt: Date;
}

const SHOP = 15;
const VISITORS = 100;
const MESSAGES_OF_EACH = 3;
const FIRST_MESSAGE = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;
const OK = 200;

const COUNTRIES = {
  VN: { code: 'VN', cn_name: '越南', name: 'Vietnam' },
  CN: { code: 'CN', cn_name: '中国', name: 'China' },
  EC: { code: 'EC', cn_name: '厄瓜多尔', name: 'Ecuador' },
} as const;

const FORMS = {
  VN: {
    size: 'Cỡ',
    message: 'Lời nhắn',
    messages: ['Áo này còn màu đỏ không ạ?', 'Bao giờ giao hàng đến Đà Nẵng?', 'Mình muốn đổi cỡ, xin cảm ơn.'],
  },
  CN: {
    size: '尺码',
    message: '留言',
    messages: ['请问什么时候发货？', '这款还有黑色吗？', '想批发一百件，求报价。'],
  },
  EC: {
    size: 'Talla',
    message: 'Mensaje',
    messages: ['¿Hacen envíos a Cuenca?', 'Quisiera una cotización al por mayor.', '¿Cuándo llega mi pedido?'],
  },
} as const;

const id = z.string().regex(/^[1-9]\d*$/);
const dateTime = z.string().regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/);

export function start(options: EmulatorOptions = {}) {
  return startEmulator((live) => fecify(live as typeof quirks, options.customers ?? 500), options);
}

function fecify(live: typeof quirks, count: number): EmulatedVendor {
  let customers: Map<number, Customer>;
  let messages: Map<number, Message>;

  function reset(): void {
    customers = new Map(people(count).map((person) => [person.index + 1, customerOf(person)]));
    const visitors = people(VISITORS);
    const senders = Array.from({ length: MESSAGES_OF_EACH }, () => visitors).flat();
    messages = new Map(senders.map((visitor, index) => [index + 1, messageOf(visitor, index)]));
  }
  reset();

  const code = (value: number) => (live.codeType === 'text' ? String(value) : value);
  const success = (result: unknown): EmulatedAnswer => ({
    status: OK,
    body: { code: code(OK), data: result, message: 'success' },
  });
  /** The numbers and texts of failures are ours (contract, Errors). */
  const failureBody = (status: number) => ({ code: code(status), data: null, message: failureMessage(status) });
  const refusal = (status: number): EmulatedAnswer => ({
    status: live.failureStatus === 'mirror' ? status : OK,
    body: failureBody(status),
  });

  const dateTimeText = (instant: Date): string =>
    new Date(instant.getTime() + live.timeZone * HOUR).toISOString().slice(0, 19).replace('T', ' ');

  const shownAddress = (customer: Customer) => (address: Address) => {
    const { person } = address;
    const country = COUNTRIES[person.country];
    return {
      id: address.id,
      shop_id: SHOP,
      customer_id: customer.id,
      address_1: person.street,
      address_2: address.position === 0 ? '' : `#${address.position}`,
      city: person.city,
      country_code: country.code,
      company: person.company ?? '',
      first_name: person.firstName,
      last_name: person.lastName,
      email: person.email,
      province_code: person.postalCode.slice(0, 2),
      zip: person.postalCode,
      phone: `+${person.callingCode} ${person.nationalNumber}`,
      is_default: address.position === 0 ? 1 : 2,
      created_at: dateTimeText(address.createdAt),
      updated_at: dateTimeText(address.createdAt),
      country,
      // The store does not compare province and country (quirk 10).
      province: {
        code: person.postalCode.slice(0, 2),
        country_code: address.position === 2 ? 'CN' : country.code,
        name: address.position === 2 ? 'Jiangxi' : person.province,
      },
    };
  };

  const shownMessage = (message: Message) => ({
    id: message.id,
    shop_id: SHOP,
    name: message.name,
    telephone: message.telephone,
    email: message.email,
    created_at: dateTimeText(message.createdAt),
    updated_at: dateTimeText(message.createdAt),
    status: 2,
    custom_attrs: message.answers.map(([name, value]) => ({ attr_name: name, attr_value: value })),
  });

  const comparable = (email: string): string => (live.emailCase === 'exact' ? email : email.toLowerCase());

  /** Newest first; the order is not documented. */
  function matching(query: Readonly<Record<string, string>>): readonly Message[] {
    const { email, created_at_begin: begin, created_at_end: end } = query;
    return [...messages.values()].reverse().filter((message) => {
      const createdAt = dateTimeText(message.createdAt);
      return (
        (email === undefined || comparable(message.email) === comparable(email)) &&
        (begin === undefined || createdAt >= begin) &&
        (end === undefined || createdAt <= end)
      );
    });
  }

  function messagePage(query: Readonly<Record<string, string>>): EmulatedAnswer {
    const number = Number(query.pageNum ?? 1);
    const size = Math.min(Number(query.pageSize ?? live.defaultPage), live.largestPage);
    const rows = matching(query);
    return success({
      list: rows.slice((number - 1) * size, number * size).map(shownMessage),
      total: rows.length,
      pageSize: size,
      totalPage: Math.ceil(rows.length / size),
    });
  }

  const addressQuery = z.strictObject({ customer_id: id });
  const messageQuery = z.strictObject({
    email: z.string().min(1).optional(),
    created_at_begin: dateTime.optional(),
    created_at_end: dateTime.optional(),
    pageNum: id.optional(),
    pageSize: id.optional(),
  });

  return {
    headers: ['skill-access-token'],
    // Every store has a private path segment in its address (quirk 13).
    basePath: '/apimanager666',
    quirks,
    reset,
    failure: (status) => ({ status, body: failureBody(status) }),
    failureInside200: (status) => ({ status: OK, body: failureBody(status) }),
    unknownRoute: () => ({ status: 404, body: failureBody(404) }),
    authorize: ({ headers }) =>
      headers['skill-access-token'] === credentials.skillAccessToken ? undefined : refusal(401),
    routes: [
      {
        operation: 'listCustomerAddresses',
        method: 'GET',
        path: '/api/skill/customer/get-address-list',
        query: addressQuery,
        handle({ query }) {
          if (!addressQuery.safeParse(query).success) return refusal(400);
          const customer = customers.get(Number(query.customer_id));
          return customer === undefined ? refusal(404) : success(customer.addresses.map(shownAddress(customer)));
        },
      },
      {
        operation: 'listContactMessages',
        method: 'GET',
        path: '/api/skill/customer/get-contacts-list',
        query: messageQuery,
        handle: ({ query }) => (messageQuery.safeParse(query).success ? messagePage(query) : refusal(400)),
      },
    ],
  };
}

/** Every fourth customer has no address, the others have one to three. */
function customerOf(person: Person): Customer {
  return {
    id: person.index + 1,
    addresses: Array.from({ length: person.index % 4 }, (_, position) => ({
      id: 2_000 + person.index * 4 + position,
      person,
      position,
      createdAt: person.createdAt,
    })),
  };
}

/** Visitors do not always spell their e-mail the same way. */
function messageOf(visitor: Person, index: number): Message {
  const random = seededRandom(index + 1);
  const form = FORMS[visitor.country];
  const words: readonly (readonly [string, string])[] = [
    [form.size, pick(random, ['S', 'M', 'XL'])],
    [form.message, pick<string>(random, form.messages)],
  ];
  return {
    id: index + 1,
    name: visitor.fullName,
    telephone: index % 6 === 5 ? '' : visitor.phoneAsTyped,
    email: index % 7 === 6 ? visitor.email.toUpperCase() : visitor.email,
    answers: index % 10 === 9 ? [] : words,
    createdAt: new Date(FIRST_MESSAGE + index * 11 * HOUR + Math.floor(random() * 3_600) * 1_000),
  };
}

function failureMessage(status: number): string {
  switch (status) {
    case 400:
      return 'invalid parameter';
    case 401:
      return 'invalid token';
    case 404:
      return 'not found';
    case 429:
      return 'too many requests';
    default:
      return 'system error';
  }
}
