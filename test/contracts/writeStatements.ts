import { expect } from '@jest/globals';
import { CUSTOMER_INPUT_FIELDS } from '../../src/crm/customerInput.ts';
import type { CustomerWrites, Row, Subject } from './subject.ts';
import { newToken, type Sample, sampleOf, textsIn } from './writeSamples.ts';
import { changeOf, expectDone, expectRefused, expectShown, type Newcomer, newcomer, perform } from './written.ts';

const MUTATIONS = { CREATE: 'customerCreate', UPDATE: 'customerUpdate', UPSERT: 'customerUpsert' } as const;
/** Lists of changes: empty, they change nothing. */
const DELTAS = ['tags', 'customFields'];

/** `customerWrites` is true: what it lists is taken, and everything else is refused before the vendor is asked. */
export async function expectTrueCustomerWrites(subject: Subject): Promise<void> {
  const kinds = subject.customerWrites.map(({ kind }) => kind);
  expect(kinds).toEqual(
    (Object.keys(MUTATIONS) as (keyof typeof MUTATIONS)[]).filter((kind) => subject.can(`CUSTOMER_${kind}`)),
  );
  if (kinds.length === 0) return;
  const person = await newcomer(subject);
  for (const writes of subject.customerWrites) {
    await expectRefusals(subject, writes, person);
    await expectDemands(subject, writes, person);
    if (writes.kind === 'UPDATE') await expectClearing(subject, writes, person);
  }
}

/** What is wrong with the input of a write that the vendor hears nothing of. */
async function unasked(subject: Subject, mutation: string, input: Sample): Promise<readonly Row[]> {
  let errors: readonly Row[] = [];
  const calls = await subject.callsOf(async () => {
    errors = expectRefused(await perform(subject, mutation, input));
  });
  expect(calls).toBe(0);
  return errors;
}

const inputOf = (subject: Subject, { kind }: CustomerWrites, { target }: Newcomer, customer: Sample): Sample =>
  kind === 'UPDATE' ? { ...target, customer } : { accountId: subject.vendor.key, customer };

const placesOf = (errors: readonly Row[], code: string): string[] =>
  errors.filter((error) => error.code === code).map(({ field }) => field.join('.'));
const inCustomer = (fields: readonly string[]): string[] => fields.map((field) => `customer.${field}`);

/** Fields it does not take, and fields it takes and cannot clear. */
async function expectRefusals(subject: Subject, writes: CustomerWrites, person: Newcomer): Promise<void> {
  const { kind, writableFields, clearableFields } = writes;
  const refused = async (customer: Sample) => {
    const errors = await unasked(subject, MUTATIONS[kind], inputOf(subject, writes, person, customer));
    for (const { code, capability } of errors) {
      if (code === 'NOT_SUPPORTED_BY_VENDOR') expect(capability).toBe(`CUSTOMER_${kind}`);
    }
    return placesOf(errors, 'NOT_SUPPORTED_BY_VENDOR').sort();
  };
  const foreign = CUSTOMER_INPUT_FIELDS.filter((field) => !writableFields.includes(field));
  expect(foreign.length).toBeGreaterThan(0);
  expect(await refused(sampleOf(subject, CUSTOMER_INPUT_FIELDS))).toEqual(inCustomer(foreign).sort());

  // In a new customer there is nothing to clear.
  if (kind === 'CREATE') return;
  const fixed = writableFields.filter((field) => !clearableFields.includes(field) && !DELTAS.includes(field));
  if (fixed.length === 0) return;
  const cleared = Object.fromEntries(fixed.map((field) => [field, null]));
  expect(await refused(cleared)).toEqual(inCustomer(fixed).sort());
  const emptied = Object.entries(sampleOf(subject, fixed)).flatMap(([field, value]) =>
    field !== 'gender' && field !== 'kind' && field !== 'birthday' && typeof value === 'string'
      ? [[field, '']]
      : Array.isArray(value)
        ? [[field, []]]
        : [],
  );
  if (emptied.length > 0) {
    expect(await refused(Object.fromEntries(emptied))).toEqual(
      inCustomer(emptied.map(([field]) => String(field))).sort(),
    );
  }
}

/** Each group of which one must be given, and who the customer is where the vendor must be told. */
async function expectDemands(subject: Subject, writes: CustomerWrites, person: Newcomer): Promise<void> {
  const { kind, writableFields, requiredFields, identityFields } = writes;
  for (const { anyOf } of requiredFields) {
    const others = writableFields.filter((field) => !anyOf.includes(field));
    const input = inputOf(subject, writes, person, sampleOf(subject, others));
    const errors = await unasked(subject, MUTATIONS[kind], input);
    expect(placesOf(errors, 'BAD_USER_INPUT')).toEqual(inCustomer(anyOf.slice(0, 1)));
    expect(errors).toHaveLength(1);
  }
  if (kind !== 'UPDATE' || identityFields.length === 0) return;
  const fields = writableFields.filter((field) => !identityFields.includes(field));
  const { identity: _, ...unknown } = person.target;
  const errors = await unasked(subject, 'customerUpdate', { ...unknown, customer: sampleOf(subject, fields) });
  const named = placesOf(errors, 'BAD_USER_INPUT');
  expect(named).toHaveLength(errors.length);
  expect(identityFields.map((name) => `identity.${name}`)).toEqual(expect.arrayContaining(named));
}

/** Null and, for texts, an empty one clear; what was there is gone, and nothing else. */
async function expectClearing(subject: Subject, { clearableFields }: CustomerWrites, person: Newcomer): Promise<void> {
  const update = async (customer: Sample, outcomes = ['UPDATED', 'CREATED_OR_UPDATED']) =>
    expectDone(await perform(subject, 'customerUpdate', { ...person.target, customer }), outcomes);
  // What it was made with may be just that.
  const fill = (customer: Sample) => update(customer, ['UPDATED', 'CREATED_OR_UPDATED', 'UNCHANGED']);
  for (const field of clearableFields) {
    const token = newToken();
    const filled = sampleOf(subject, [field], token);
    const isText = typeof filled[field] === 'string' && textsIn(filled, token).length > 0;
    for (const nothing of isText ? [null, ''] : [null]) {
      await fill(filled);
      const change = await changeOf(subject, () => update({ [field]: nothing }));
      expect([field, change.gone.length, change.come.length]).toEqual([field, 1, 1]);
      if (isText && field !== 'phone') {
        expect(JSON.stringify(change.gone)).toContain(token);
        expect(JSON.stringify(change.come)).not.toContain(token);
      }
      await expectShown(subject, person.vendorId, { [field]: null });
    }
    await fill(filled);
  }
}
