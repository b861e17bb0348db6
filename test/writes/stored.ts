import type { JsonRecord } from '../../src/emulation/emulator.ts';
import { dataOf, type Graph } from '../support/graph.ts';
import type { Values } from './inputs.ts';

// What was really stored and what a read shows, both by the names of `CustomerInput`.

type Row = Readonly<Record<string, unknown>>;
type Holds = (record: JsonRecord, tags: readonly JsonRecord[]) => Values;

const rows = (value: unknown): readonly Row[] => (Array.isArray(value) ? value : []);
const gender = (value: unknown) => ({ male: 'MALE', female: 'FEMALE', Nam: 'MALE', Nữ: 'FEMALE' })[String(value)];
const KINDS = ['CUSTOMER', 'VIP', 'LEAD', 'PARTNER', 'RESELLER', 'COMPETITOR', 'AFFILIATE', 'OTHER'];
const DOCUMENTS: Row = { cedula: 'CEDULA', pasaporte: 'PASSPORT', ruc: 'RUC', rut: 'RUT', otro: 'OTHER' };

/** Each vendor's record in our words, written down apart from the adapters. */
const HELD: Readonly<Record<string, Holds>> = {
  salekit: (record) => ({
    fullName: record.full_name,
    email: record.email,
    phone: record.phone,
    tags: record.tag,
    source: record.src,
    referrerCode: record.cid,
    gender: gender(record.gender),
    addresses: record.address,
    note: record.note,
    customFields: record.custom_field,
    kind: KINDS[Number(record.type)],
  }),
  heidianer: (record) => ({
    phone: record.mobile,
    fullName: record.full_name,
    gender: gender(record.gender),
    email: record.email,
    birthday: record.birthday,
    note: record.note,
    acceptsMarketing: record.accepts_marketing,
    referralCode: record.referral_code,
    tags: record.tags,
  }),
  fecify: (record) => ({
    firstName: record.first_name,
    lastName: record.last_name,
    email: record.email,
    phone: record.phone,
    note: record.note,
    acceptsMarketing: record.accepts_marketing === 1,
    membershipLevelId: String(record.customervip_id),
    payLater: { enabled: record.payafteruse_status === 1, level: record.payafteruse_level },
  }),
  mercately: (record) => ({
    firstName: record.first_name,
    lastName: record.last_name,
    email: record.email,
    phone: record.phone,
    note: record.notes,
    identityDocument:
      record.id_type === null && record.id_number === null
        ? null
        : { type: DOCUMENTS[String(record.id_type)], number: record.id_number },
    ownerId: record.agent_id === null ? null : String(record.agent_id),
    addresses: rows(record.customer_addresses).map(({ address, city, state, zip_code, main }) => ({
      line1: address,
      city,
      province: state,
      postalCode: zip_code,
      isDefault: main,
    })),
    tags: rows(record.tags).map(({ tag }) => tag),
    customFields: Object.fromEntries(
      rows(record.custom_fields).map(({ field_name, field_content }) => [field_name, field_content]),
    ),
  }),
  ladiflow: (record, tags) => ({
    email: record.email,
    phone: record.phone,
    firstName: record.first_name,
    lastName: record.last_name,
    birthday: typeof record.dob === 'string' ? record.dob.slice(0, 10) : record.dob,
    gender: gender(record.gender),
    company: record.company,
    jobTitle: record.job_title,
    website: [record.website].flat()[0],
    addresses: [
      {
        line1: record.address,
        line2: record.address_2,
        ward: record.ward,
        district: record.district,
        city: record.city,
        country: record.country,
        postalCode: String(record.postal_code),
      },
    ],
    socialProfiles: Object.entries({
      facebook: record.facebook_url,
      twitter: record.twitter_url,
      linkedin: record.linkedIn_url,
      skype: record.skype,
      zalo: record.zalo,
    }).map(([network, value]) => ({ network, value })),
    leadScore: record.score,
    interactionChannels: record.channels,
    externalId: record.external_customer_id,
    tags: rows(record.tags).map((id) => tags.find((tag) => tag.id === String(id))?.name),
    customFields: Object.fromEntries(
      rows(record.custom_fields).map(({ name, value, values }) => [
        name,
        value === undefined ? rows(values).join(', ') : value,
      ]),
    ),
  }),
};

/** What the emulated vendor really holds, in our words. */
export function heldIn(graph: Graph, vendor: string, record: JsonRecord): Values {
  return HELD[vendor]?.(record, graph.emulator(vendor).records().tags ?? []) ?? {};
}

const SHOWN = `unreadableFields fullName firstName lastName email phone gender birthday note company jobTitle website
  acceptsMarketing externalId referralCode leadScore interactionChannels source kind socialProfiles { network value }
  addresses { line1 line2 ward district city province postalCode country isDefault }
  identityDocument { type number } owner { vendorId } tags { name } customFields { name displayValue }`;

/** What a read shows; a field that no read carries is absent. Undefined where there is no read at all. */
export async function readNow(graph: Graph, id: string): Promise<Values | undefined> {
  const { customer } = await dataOf(graph.ask(`query ($id: ID!) { customer(id: $id) { ${SHOWN} } }`, { id }));
  if (customer === null) return undefined;
  const { unreadableFields, owner, tags, customFields, ...fields } = customer;
  const shown = {
    ...fields,
    ownerId: owner?.vendorId ?? null,
    tags: rows(tags).map(({ name }) => name),
    customFields: Object.fromEntries(rows(customFields).map(({ name, displayValue }) => [name, displayValue])),
  };
  return Object.fromEntries(Object.entries(shown).filter(([field]) => !unreadableFields.includes(field)));
}

/** Fields that no read shows and the answer to a write does, by the vendors' contracts. */
export const ANSWER_ONLY: Readonly<Record<string, readonly string[]>> = {
  heidianer: ['referralCode'],
  fecify: ['firstName', 'lastName', 'email', 'phone', 'note', 'acceptsMarketing', 'membershipLevelId'],
};

const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Whether `held` is all that was asked for: of objects the given parts, of lists each member. */
export function isSame(asked: unknown, held: unknown): boolean {
  if (isNothing(asked)) return isNothing(held);
  if (Array.isArray(asked))
    return Array.isArray(held) && asked.every((each) => held.some((other) => isSame(each, other)));
  if (typeof asked === 'object' && asked !== null) {
    return Object.entries(asked).every(([name, part]) => isSame(part, (held as Row | null)?.[name]));
  }
  return asked === held;
}

/** The text of a custom field's value, whatever kind it was given as. */
export const customText = ({ name: _, ...value }: Values): string => [Object.values(value)[0]].flat().join(', ');
