import type {
  HeidianerCustomer,
  HeidianerMember,
  HeidianerSegment,
  MercatelyCustomer,
  MercatelyEvent,
} from './records.ts';

// From the CRMs' words to the schema's, as short as it can be: for the canonical answers and for the contenders written
// by hand. What is not in the shapes is left out.

const textOrNull = (value: string | null | undefined): string | null =>
  value === undefined || value === '' ? null : value;

/** Ids as our graph writes them: every contender has to give the same. */
export const globalId = (type: 'c' | 's', account: string, vendorId: string): string =>
  Buffer.from(`1${type}0${account.length.toString(36)}${account}${vendorId}`).toString('base64url');

/** Reads an id of `globalId`. */
export function readGlobalId(id: string): { readonly account: string; readonly vendorId: string } {
  const text = Buffer.from(id, 'base64url').toString();
  const end = 4 + Number.parseInt(text.slice(2, 4), 36);
  return { account: text.slice(4, end), vendorId: text.slice(end) };
}

export const HEIDIANER = 'heidianer';
export const MERCATELY = 'mercately';

export const heidianerScalars = (row: HeidianerMember) => ({
  id: globalId('c', HEIDIANER, String(row.id)),
  vendorId: String(row.id),
  fullName: textOrNull(row.full_name),
  email: textOrNull(row.email),
  phone: textOrNull(row.mobile),
  gender: row.gender === 'male' ? 'MALE' : row.gender === 'female' ? 'FEMALE' : null,
  birthday: textOrNull(row.birthday),
  note: textOrNull(row.note),
  acceptsMarketing: row.accepts_marketing,
  createdAt: new Date(row.created_at).toISOString(),
});

export const segmentKeys = ({ id, title }: { readonly id: number; readonly title: string }) => ({
  id: globalId('s', HEIDIANER, String(id)),
  title,
});

export const heidianerSegmentKeys = (row: HeidianerCustomer) => row.segments.map(segmentKeys);

/** Ids of the first members. */
export const membersOf = (segment: HeidianerSegment, first: number) =>
  segment.customers.slice(0, first).map(({ id }) => ({ id: globalId('c', HEIDIANER, String(id)) }));

export const mercatelyScalars = (row: MercatelyCustomer) => ({
  id: globalId('c', MERCATELY, row.id),
  fullName: textOrNull(`${row.first_name} ${row.last_name}`.trim()),
  email: textOrNull(row.email),
  phone: textOrNull(row.phone),
  note: textOrNull(row.notes),
  createdAt: row.creation_date,
});

export const mercatelyEvent = (row: MercatelyEvent) => ({
  vendorId: String(row.id),
  kind: 'OUTBOUND_MESSAGE',
  outboundStatus: textOrNull(row.outbound_status),
  campaignId: String(row.campaign_id),
  campaignUrl: textOrNull(row.campaign_url),
  errorMessage: textOrNull(row.error_message),
  occurredAt: row.creation_date,
  createdAt: new Date(row.created_at).toISOString(),
  sentAt: textOrNull(row.sent_at),
  readAt: textOrNull(row.read_at),
});
