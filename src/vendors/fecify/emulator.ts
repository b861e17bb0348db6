import type { z } from 'zod';
import type { EmulatedAnswer } from '../../emulation/answer.ts';
import { type EmulatedVendor, type EmulatorOptions, type JsonRecord, startEmulator } from '../../emulation/emulator.ts';
import {
  type Address,
  AWAITING_ACTIVATION,
  type Customer,
  type Message,
  NO,
  seededCustomers,
  seededMessages,
} from './emulatorRecords.ts';
import { addressQuery, createRequest, messageQuery, taken, updateRequest } from './emulatorRequests.ts';

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
  /** Whether the answer to an update shows the membership level: the vendor's sample ends in its name (question 6). */
  updateShowsLevel: true,
};

const SHOP = 15;
const HOUR = 3_600_000;
const OK = 200;

const COUNTRIES = {
  VN: { code: 'VN', cn_name: '越南', name: 'Vietnam' },
  CN: { code: 'CN', cn_name: '中国', name: 'China' },
  EC: { code: 'EC', cn_name: '厄瓜多尔', name: 'Ecuador' },
} as const;

export function start(options: EmulatorOptions = {}) {
  return startEmulator((live) => fecify(live as typeof quirks, options.customers ?? 500), options);
}

function fecify(live: typeof quirks, count: number): EmulatedVendor {
  let customers: Map<number, Customer>;
  const messages = seededMessages();

  function reset(): void {
    customers = seededCustomers(count);
  }
  reset();

  const code = (value: number) => (live.codeType === 'text' ? String(value) : value);
  const comparable = (email: string): string => (live.emailCase === 'exact' ? email : email.toLowerCase());
  const success = (result: unknown): EmulatedAnswer => ({
    status: OK,
    body: { code: code(OK), data: result, message: 'success' },
  });
  /** The numbers and texts of failures are ours (contract, Errors). */
  const failureBody = (status: number, message = failureMessage(status)) => ({
    code: code(status),
    data: null,
    message,
  });
  const refusal = (status: number, message?: string): EmulatedAnswer => ({
    status: live.failureStatus === 'mirror' ? status : OK,
    body: failureBody(status, message),
  });

  const dateTimeText = (instant: Date): string =>
    new Date(instant.getTime() + live.timeZone * HOUR).toISOString().slice(0, 19).replace('T', ' ');

  const shownTimes = ({ createdAt, updatedAt }: Customer) => ({
    created_at: dateTimeText(createdAt),
    updated_at: dateTimeText(updatedAt),
  });

  /** In the order of the sample: the id comes last. */
  const shownNew = (customer: Customer) => ({
    shop_id: SHOP,
    email: customer.email,
    first_name: customer.firstName,
    last_name: customer.lastName,
    status: customer.status,
    note: customer.note,
    phone: customer.phone,
    accepts_marketing: customer.acceptsMarketing,
    customervip_id: customer.level,
    ...shownTimes(customer),
    id: customer.id,
  });

  /** In the order of the sample, without the status. */
  const shownChanged = (customer: Customer) => ({
    id: customer.id,
    shop_id: SHOP,
    email: customer.email,
    first_name: customer.firstName,
    last_name: customer.lastName,
    note: customer.note,
    phone: customer.phone,
    ...shownTimes(customer),
    accepts_marketing: customer.acceptsMarketing,
    ...(live.updateShowsLevel ? { customervip_id: customer.level } : {}),
  });

  /** What no answer shows included. */
  const recordOf = (customer: Customer): JsonRecord => ({
    ...shownNew(customer),
    numberCode: customer.callingCode,
    payafteruse_status: customer.payLaterStatus,
    payafteruse_level: customer.payLaterLevel,
  });

  function create(request: z.output<typeof taken.create>): EmulatedAnswer {
    const isTaken = [...customers.values()].some(({ email }) => comparable(email) === comparable(request.email));
    if (isTaken) return refusal(400, 'email already exists');
    const now = new Date();
    const customer: Customer = {
      id: customers.size + 1,
      email: request.email,
      firstName: request.first_name,
      lastName: request.last_name,
      status: AWAITING_ACTIVATION,
      note: '',
      phone: request.phone ?? '',
      callingCode: request.numberCode ?? '',
      acceptsMarketing: request.accepts_marketing ?? NO,
      level: 0,
      payLaterStatus: request.payafteruse_status ?? NO,
      payLaterLevel: request.payafteruse_level ?? null,
      addresses: [],
      createdAt: now,
      updatedAt: now,
    };
    customers.set(customer.id, customer);
    return success(shownNew(customer));
  }

  /** Fields that are not sent stay as they are (question 4). */
  function update(request: z.output<typeof taken.update>): EmulatedAnswer {
    const customer = customers.get(request.id);
    if (customer === undefined) return refusal(404, 'customer not found');
    customer.firstName = request.first_name ?? customer.firstName;
    customer.lastName = request.last_name ?? customer.lastName;
    customer.phone = request.phone ?? customer.phone;
    customer.callingCode = request.phone_prefix ?? customer.callingCode;
    customer.acceptsMarketing = request.accepts_marketing ?? customer.acceptsMarketing;
    customer.note = request.note ?? customer.note;
    customer.level = request.customervip_id === '' ? customer.level : (request.customervip_id ?? customer.level);
    customer.payLaterStatus = request.payafteruse_status ?? customer.payLaterStatus;
    customer.payLaterLevel = request.payafteruse_level ?? customer.payLaterLevel;
    customer.updatedAt = new Date();
    return success(shownChanged(customer));
  }

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

  /** Newest first; the order is not documented. */
  function matching(query: Readonly<Record<string, string>>): readonly Message[] {
    const { email, created_at_begin: begin, created_at_end: end } = query;
    return messages.toReversed().filter((message) => {
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

  return {
    headers: ['skill-access-token'],
    // Every store has a private path segment in its address (quirk 13).
    basePath: '/apimanager666',
    quirks,
    reset,
    records: () => ({
      customers: [...customers.values()].map(recordOf),
      addresses: [...customers.values()].flatMap((customer) => customer.addresses.map(shownAddress(customer))),
      messages: messages.map(shownMessage),
    }),
    failure: (status) => ({ status, body: failureBody(status) }),
    failureInside200: (status) => ({ status: OK, body: failureBody(status) }),
    unknownRoute: () => ({ status: 404, body: failureBody(404) }),
    authorize: ({ headers }) =>
      headers['skill-access-token'] === credentials.skillAccessToken ? undefined : refusal(401),
    routes: [
      {
        operation: 'createCustomer',
        method: 'POST',
        path: '/api/skill/customer/create-customer',
        body: createRequest,
        handle({ body }) {
          const { data: request } = taken.create.safeParse(body);
          return request === undefined ? refusal(400) : create(request);
        },
      },
      {
        operation: 'updateCustomer',
        method: 'POST',
        path: '/api/skill/customer/update-customer',
        body: updateRequest,
        handle({ body }) {
          const { data: request } = taken.update.safeParse(body);
          return request === undefined ? refusal(400) : update(request);
        },
      },
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
