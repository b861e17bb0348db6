import { type Person, people } from '../../emulation/people.ts';
import { pick, seededRandom } from '../../emulation/random.ts';

// What the store holds, and what it holds at first.

export interface Customer {
  readonly id: number;
  readonly email: string;
  firstName: string;
  lastName: string;
  readonly status: number;
  note: string;
  /** As it was sent (quirk 3). */
  phone: string;
  /** Digits, never shown (quirk 2). */
  callingCode: string;
  acceptsMarketing: number;
  level: number;
  /** Never shown. */
  payLaterStatus: number;
  payLaterLevel: number | null;
  readonly addresses: readonly Address[];
  readonly createdAt: Date;
  updatedAt: Date;
}

export interface Address {
  readonly id: number;
  readonly person: Person;
  /** From 0; the first is the default. */
  readonly position: number;
  readonly createdAt: Date;
}

export interface Message {
  readonly id: number;
  readonly name: string;
  readonly telephone: string;
  readonly email: string;
  readonly answers: readonly (readonly [name: string, value: string])[];
  readonly createdAt: Date;
}

/** Flags are 1 and 2, never true and false (quirk 1). */
const YES = 1;
export const NO = 2;
/** Made in the back office and not activated yet. */
export const AWAITING_ACTIVATION = 5;
const VISITORS = 100;
const MESSAGES_OF_EACH = 3;
const FIRST_MESSAGE = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;

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

export const seededCustomers = (count: number): Map<number, Customer> =>
  new Map(people(count).map((person) => [person.index + 1, customerOf(person)]));

/** In the order in which they came. */
export function seededMessages(): readonly Message[] {
  const visitors = people(VISITORS);
  const senders = Array.from({ length: MESSAGES_OF_EACH }, () => visitors).flat();
  return senders.map(messageOf);
}

/** Every fourth customer has no address, the others have one to three. */
function customerOf(person: Person): Customer {
  return {
    id: person.index + 1,
    email: person.email,
    firstName: person.firstName,
    lastName: person.lastName,
    status: AWAITING_ACTIVATION,
    note: person.note,
    phone: `+${person.callingCode} ${person.nationalNumber}`,
    callingCode: person.callingCode,
    acceptsMarketing: person.acceptsMarketing ? YES : NO,
    level: person.index % 4,
    payLaterStatus: person.index % 5 === 0 ? YES : NO,
    payLaterLevel: person.index % 5 === 0 ? 1 : null,
    createdAt: person.createdAt,
    updatedAt: person.updatedAt,
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
