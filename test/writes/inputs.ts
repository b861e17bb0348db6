import fc from 'fast-check';
import { TAG_NAMES } from '../../src/emulation/people.ts';
import { dataOf, type Graph } from '../support/graph.ts';

// Input for writes, generated from what an account says it takes.

export type Values = Readonly<Record<string, unknown>>;
export type WriteKind = 'CREATE' | 'UPDATE' | 'UPSERT';

/** One way in which an account takes a customer. */
export interface Taken {
  readonly kind: WriteKind;
  readonly requiredFields: readonly { readonly anyOf: readonly string[] }[];
  readonly writableFields: readonly string[];
  readonly clearableFields: readonly string[];
  readonly identityFields: readonly string[];
}

export async function takenBy(graph: Graph, account: string): Promise<readonly Taken[]> {
  const query = `query ($id: ID!) { account(id: $id) { customerWrites {
    kind requiredFields { anyOf } writableFields clearableFields identityFields } } }`;
  return (await dataOf(graph.ask(query, { id: account }))).account.customerWrites;
}

const WORDS = ['Nguyễn Văn An', '王芳', 'María José', "O'Brien", 'Đặng "Tý"', 'a<b> & c', '100% tốt', '😀 vui', 'null'];
/** Tells one generated value from the next. */
const number = fc.noBias(fc.integer({ min: 1_000_000, max: 9_999_999 }));
const text = fc.tuple(fc.constantFrom(...WORDS), number).map(([word, unique]) => `${word} ${unique}`);
const day = fc
  .date({ min: new Date('1950-01-01'), max: new Date('2020-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const email = fc
  .tuple(fc.constantFrom('khach', 'Khach', 'ke.hu'), number)
  .map(([name, unique]) => `${name}.${unique}@example.vn`);

/** Numbers of the vendor's country, in spellings common there. */
const phoneOf = (spell: (unique: number) => readonly string[]) =>
  fc.tuple(number, fc.nat()).map(([unique, nth]) => {
    const spellings = spell(unique);
    return spellings[nth % spellings.length];
  });
const vietnamese = phoneOf((unique) => [`091${unique}`, `+8491${unique}`, `+84 91 ${unique}`, `008491${unique}`]);
const chinese = phoneOf((unique) => [`1391${unique}`, `+861391${unique}`, `+86 139 1${unique}`, `+8491${unique}`]);
const ecuadorian = phoneOf((unique) => [`+59398${unique}`, `098${unique}`, `+593 98 ${unique}`]);

const some = (names: readonly string[]) => ({
  of: (values: fc.Arbitrary<unknown>) => fc.record(Object.fromEntries(names.map((name) => [name, values]))),
});
const partsOf = (parts: Readonly<Record<string, fc.Arbitrary<unknown>>>, required: readonly string[]) =>
  fc.record(parts, { requiredKeys: [...required] });

/** Tags by name: some that exist and some that do not. */
export const tagNames = fc.uniqueArray(fc.constantFrom(...TAG_NAMES.slice(0, 6), 'Nhãn mới', '新标签', 'Nueva'), {
  minLength: 1,
  maxLength: 3,
});

const customField = (name: string, value: fc.Arbitrary<Values>) => value.map((given) => ({ name, ...given }));
const asText = text.map((value) => ({ text: value }));
const asNumber = fc.tuple(number, fc.nat(98)).map(([whole, part]) => ({ number: `${whole}.${part + 1}` }));
const asBoolean = fc.boolean().map((boolean) => ({ boolean }));
const asDate = day.map((date) => ({ date }));
const listOf = (longest: number) =>
  fc.uniqueArray(text, { minLength: 1, maxLength: longest }).map((list) => ({ list }));
const anySingle = fc.oneof(asText, asNumber, asBoolean, asDate);

/** What only one vendor knows: the spelling of its phones, the parts of its addresses, the custom fields it has. */
interface Vendors {
  readonly phone: fc.Arbitrary<unknown>;
  readonly addresses?: fc.Arbitrary<unknown>;
  readonly customFields?: readonly fc.Arbitrary<Values>[];
}

const VENDORS: Readonly<Record<string, Vendors>> = {
  salekit: {
    phone: vietnamese,
    addresses: partsOf({ line1: text, ward: text, district: text, city: text, province: text }, ['line1']).map(
      (address) => [address],
    ),
    customFields: ['madon', 'nguon', 'size'].map((name) => customField(name, anySingle)),
  },
  ladiflow: {
    phone: vietnamese,
    addresses: partsOf(
      {
        line1: text,
        line2: text,
        ward: text,
        district: text,
        city: text,
        country: text,
        postalCode: number.map(String),
      },
      ['line1'],
    ).map((address) => [address]),
    customFields: [
      customField('point', asNumber),
      customField('order_number', asNumber),
      customField('last_order_id', asText),
      customField('delivery_note', asText),
      customField('last_order_created_at', asDate),
      customField('wants_samples', asBoolean),
      customField('last_order_product_names', listOf(3)),
      customField('channel_urls', listOf(2)),
      customField('ldprb', listOf(1)),
    ],
  },
  fecify: { phone: chinese },
  mercately: {
    phone: ecuadorian,
    addresses: fc
      .tuple(
        partsOf({ line1: text, city: text, province: text, postalCode: text, isDefault: fc.boolean() }, ['line1']),
        fc.option(partsOf({ line1: text, city: text, province: text }, ['line1'])),
      )
      .map(([first, second]) => (second === null ? [first] : [first, second])),
    customFields: ['puntos', '生日礼物', 'Cumpleaños del niño', 'rerum'].map((name) => customField(name, anySingle)),
  },
  heidianer: { phone: chinese },
};

/** The name of a custom field that no account has. */
export const NO_FIELD = 'không có';

/** Values for custom fields of the vendor; now and then for one that does not exist. */
export function customFieldsOf(vendor: string, unknown = true): fc.Arbitrary<readonly Values[]> {
  const known = VENDORS[vendor]?.customFields ?? [];
  const fields = unknown ? [...known, customField(NO_FIELD, asText)] : known;
  if (fields.length === 0) return fc.constant([]);
  return fc.uniqueArray(fc.oneof(...fields), { minLength: 1, maxLength: 3, selector: ({ name }) => name });
}

/** A sensible value for each field of `CustomerInput`. */
export function valuesOf(vendor: string): Readonly<Record<string, fc.Arbitrary<unknown>>> {
  const { phone, addresses } = VENDORS[vendor] ?? { phone: fc.constant('') };
  return {
    fullName: text,
    firstName: text,
    lastName: text,
    email,
    phone,
    gender: fc.constantFrom('MALE', 'FEMALE'),
    birthday: day,
    note: text,
    company: text,
    jobTitle: text,
    website: number.map((unique) => `https://khach${unique}.example.vn`),
    addresses: addresses ?? fc.constant([]),
    acceptsMarketing: fc.boolean(),
    kind: fc.constantFrom('CUSTOMER', 'VIP', 'LEAD', 'PARTNER', 'RESELLER', 'COMPETITOR', 'AFFILIATE', 'OTHER'),
    source: text,
    externalId: number.map(String),
    referralCode: number.map((unique) => `HD${unique}`),
    referrerCode: number.map((unique) => `GT${unique}`),
    identityDocument: some(['number'])
      .of(number.map(String))
      .chain((document) =>
        fc.constantFrom('CEDULA', 'PASSPORT', 'RUC', 'RUT', 'OTHER').map((type) => ({ ...document, type })),
      ),
    ownerId: fc.constantFrom('9', '10', '11'),
    leadScore: fc.nat(1_000),
    interactionChannels: fc.uniqueArray(fc.constantFrom('ZALO', 'DASHBOARD', 'API', 'WEB'), { minLength: 1 }),
    socialProfiles: fc.uniqueArray(
      fc.record({ network: fc.constantFrom('facebook', 'twitter', 'linkedin', 'skype', 'zalo'), value: text }),
      { minLength: 1, maxLength: 3, selector: ({ network }) => network },
    ),
    membershipLevelId: fc.integer({ min: 1, max: 9 }).map(String),
    payLater: partsOf({ enabled: fc.boolean(), level: fc.integer({ min: 1, max: 5 }) }, ['enabled']),
    tags: tagNames.map((names) => names.map((name) => ({ name }))),
    customFields: customFieldsOf(vendor),
  };
}

/** What one kind of write is given: any of the fields the account takes, and those it demands. */
export function customersOf(vendor: string, taken: Taken, unknownFields = true): fc.Arbitrary<Values> {
  const customFields = customFieldsOf(vendor, unknownFields);
  const values: Readonly<Record<string, fc.Arbitrary<unknown>>> = { ...valuesOf(vendor), customFields };
  const arbitraries = Object.fromEntries(
    taken.writableFields.map((field) => {
      const value = values[field] ?? fc.constant(undefined);
      const clears = taken.kind === 'UPDATE' && taken.clearableFields.includes(field);
      return [field, clears ? fc.option(value, { freq: 8 }) : value];
    }),
  );
  const demanded = fc.tuple(...taken.requiredFields.map(({ anyOf }) => fc.constantFrom(...anyOf)));
  return demanded
    .chain((requiredKeys) => fc.record(arbitraries, { requiredKeys: [...new Set(requiredKeys)] }))
    .filter((given) => Object.keys(given).length > 0);
}
