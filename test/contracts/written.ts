import { expect } from '@jest/globals';
import { payloadOf } from '../writes/mutations.ts';
import { customerKeys, entities, globalId, type Row, type Subject } from './subject.ts';
import { newToken, type Sample, sampleOf, textsIn } from './writeSamples.ts';

// What writes leave behind: at the vendor, in reads and in receipts.

/** A customer made for one check, with what was stored about it. */
export interface Newcomer {
  readonly vendorId: string;
  readonly token: string;
  readonly stored: Sample;
  /** What every write on it is given. */
  readonly target: { readonly id: string; readonly identity?: Sample };
}

export const perform = ({ graph }: Subject, mutation: string, input: Sample): Promise<Row> =>
  payloadOf(graph, mutation, input);

/** What the account takes in one way of writing. */
export function taken({ customerWrites }: Subject, kind: string) {
  const found = customerWrites.find((each) => each.kind === kind);
  if (found === undefined) throw new Error(`the account takes no ${kind}`);
  return found;
}

/** A new customer with all that can be stored about one; an existing one where none can be made. */
export async function newcomer(subject: Subject): Promise<Newcomer> {
  const token = newToken();
  const kind = ['CREATE', 'UPSERT'].find((each) => subject.can(`CUSTOMER_${each}` as 'CUSTOMER_CREATE'));
  if (kind === undefined) {
    const [vendorId = ''] = customerKeys(subject);
    return { vendorId, token, stored: {}, target: { id: await globalId(subject, 'Customer', vendorId) } };
  }
  const stored = sampleOf(subject, taken(subject, kind).writableFields, token);
  const mutation = kind === 'CREATE' ? 'customerCreate' : 'customerUpsert';
  const input = { accountId: subject.vendor.key, customer: stored };
  const payload = expectDone(await perform(subject, mutation, input), ['CREATED', 'CREATED_OR_UPDATED']);
  const { id, vendorId } = payload.customer;
  const identity = identityIn(subject, stored);
  return { vendorId, token, stored, target: { id, ...(identity === undefined ? {} : { identity }) } };
}

function identityIn({ customerWrites }: Subject, stored: Sample): Sample | undefined {
  const names = customerWrites.flatMap(({ identityFields }) => identityFields);
  return names.length === 0 ? undefined : Object.fromEntries(names.map((name) => [name, stored[name]]));
}

/** Ended in one of these ways, with no complaint and every write carried out. */
export function expectDone(payload: Row, outcomes: readonly string[]): Row {
  expect(payload.userErrors).toEqual([]);
  expect(outcomes).toContain(payload.outcome);
  const writes = payload.requests.filter(({ isWrite }: Row) => isWrite);
  expect(writes.every(({ state }: Row) => state === 'DONE')).toBe(true);
  expect(writes.length > 0).toBe(payload.outcome !== 'UNCHANGED');
  return payload;
}

/** Ended with complaints, and nothing is written. */
export function expectRefused(payload: Row): readonly Row[] {
  expect(payload.outcome).toBe('NOT_EXECUTED');
  expect(payload.receipt).toEqual([]);
  expect(payload.requests.some(({ isWrite, state }: Row) => isWrite && state !== 'REFUSED')).toBe(false);
  expect(payload.userErrors.length).toBeGreaterThan(0);
  return payload.userErrors;
}

type Rows = readonly Row[];

/** Which records of the vendor are different after an action: as they were, and as they are. */
export interface Change {
  readonly gone: Rows;
  readonly come: Rows;
  /** Records of every kind that came or changed, as text. */
  readonly text: string;
}

/** The customers at the vendor that an action changes. */
export async function changeOf({ graph, vendor }: Subject, action: () => Promise<unknown>): Promise<Change> {
  const read = () => graph.emulator(vendor.key).records();
  const before = read();
  await action();
  const after = read();
  const missingIn = (rows: Rows = [], others: Rows = []) => {
    const texts = new Set(others.map((row) => JSON.stringify(row)));
    return rows.filter((row) => !texts.has(JSON.stringify(row)));
  };
  const changed = Object.keys(after).map((kind) => missingIn(after[kind], before[kind]));
  return {
    gone: missingIn(before.customers, after.customers),
    come: missingIn(after.customers, before.customers),
    text: JSON.stringify(changed),
  };
}

/** The vendor holds every text of what was asked for, and the phone however it spells it. */
export function expectHeld({ text }: Pick<Change, 'text'>, asked: Sample, token: string): void {
  const { phone, email, ...others } = asked;
  for (const each of textsIn(others, token)) expect(text).toContain(JSON.stringify(each).slice(1, -1));
  if (typeof email === 'string') expect(text.toLowerCase()).toContain(email.toLowerCase());
  if (typeof phone === 'string') expect(text.replace(/\D/g, '')).toContain(phone.slice(-8));
}

/** Names of fields of `Customer` that show input fields of another name. */
const READ_AS: Readonly<Record<string, string>> = { ownerId: 'owner', membershipLevelId: 'membership' };

/** Everything that the read carries is shown as it was asked for; answers the fields that it carries. */
export async function expectShown(subject: Subject, vendorId: string, asked: Sample): Promise<readonly string[]> {
  if (!subject.can('CUSTOMER_READ')) return [];
  const { records, errors } = await entities(subject, 'Customer', [vendorId], subject.selection);
  expect(errors).toBeUndefined();
  const [shown] = records;
  const carried = Object.keys(asked).filter((field) => {
    const name = READ_AS[field] ?? field;
    return name in shown && !shown.unreadableFields.includes(name);
  });
  for (const field of carried) {
    expect({ field, shown: shownValue(field, shown) }).toEqual({ field, shown: expected(field, asked[field]) });
  }
  return carried;
}

function shownValue(field: string, shown: Row): unknown {
  switch (field) {
    case 'ownerId':
      return shown.owner?.vendorId ?? null;
    case 'membershipLevelId':
      return shown.membership?.level ?? null;
    case 'tags':
      return shown.tags.map(({ name }: Row) => name);
    case 'customFields':
      return Object.fromEntries(shown.customFields.map(({ name, displayValue }: Row) => [name, displayValue]));
    case 'phone':
      return shown.phone?.replace(/\D/g, '').slice(-8) ?? null;
    default:
      return shown[field];
  }
}

function expected(field: string, asked: unknown): unknown {
  if (field === 'phone') return typeof asked === 'string' ? asked.slice(-8) : null;
  if (field === 'tags') return expect.arrayContaining((asked as Row[]).map(({ name }) => name));
  if (field === 'customFields') {
    return expect.objectContaining(Object.fromEntries((asked as Row[]).map(({ name, text }) => [name, text])));
  }
  if (Array.isArray(asked)) return expect.arrayContaining(asked.map(partly));
  return partly(asked);
}

const partly = (asked: unknown): unknown =>
  typeof asked === 'object' && asked !== null ? expect.objectContaining(asked as object) : asked;

/** Every field asked for has an entry, which is true: a read that carries the field leaves no doubt. */
export function expectReceipt(receipt: Rows, asked: Sample, carried: readonly string[], path: readonly string[]): void {
  for (const field of Object.keys(asked)) {
    const entries = receipt.filter(
      (entry) => entry.field.slice(0, path.length + 1).join('.') === [...path, field].join('.'),
    );
    expect({ field, entries: entries.length }).toEqual({
      field,
      entries: field === 'tags' || field === 'customFields' ? (asked[field] as Rows).length : 1,
    });
    for (const { status } of entries) {
      const honest = field === 'phone' ? ['APPLIED', 'COERCED'] : ['APPLIED'];
      expect({
        field,
        status,
        isTrue: [...honest, ...(carried.includes(field) ? [] : ['UNVERIFIED'])].includes(status),
      }).toEqual({ field, status, isTrue: true });
    }
  }
}
