import { expect } from '@jest/globals';
import type { Capability } from '../../src/crm/capabilities.ts';
import type { Check } from './check.ts';
import { customerKeys, entities, globalId, type Row, type Subject } from './subject.ts';
import { newToken, type Sample, sampleOf } from './writeSamples.ts';
import {
  changeOf,
  expectDone,
  expectHeld,
  expectReceipt,
  expectRefused,
  expectShown,
  newcomer,
  perform,
  taken,
} from './written.ts';

/** Refused by name, before the vendor is asked. */
export async function expectCannot(
  subject: Subject,
  capability: Capability,
  mutation: string,
  input: Sample,
): Promise<void> {
  const calls = await subject.callsOf(async () => {
    const payload = await perform(subject, mutation, input);
    expect(payload).toMatchObject({
      outcome: 'NOT_EXECUTED',
      userErrors: [{ code: 'NOT_SUPPORTED_BY_VENDOR', capability, retryable: false }],
      receipt: [],
      requests: [],
    });
  });
  expect(calls).toBe(0);
}

/** The global id of some customer of the account. */
export async function someCustomer(subject: Subject): Promise<string> {
  return globalId(subject, 'Customer', customerKeys(subject)[0] ?? '');
}

/** What is promised about writing customers. */
export const WRITE_CHECKS = {
  CUSTOMER_CREATE: {
    can: 'makes a customer with every field it says it takes, and is refused a second one of the same keys',
    async has(subject) {
      const token = newToken();
      const customer = sampleOf(subject, taken(subject, 'CREATE').writableFields, token);
      const input = { accountId: subject.vendor.key, customer };
      let payload: Row;
      const change = await changeOf(subject, async () => {
        payload = expectDone(await perform(subject, 'customerCreate', input), ['CREATED']);
        const { vendorId } = payload.customer;
        const carried = await expectShown(subject, vendorId, customer);
        expectReceipt(payload.receipt, customer, carried, ['customer']);
      });
      expect([change.gone.length, change.come.length]).toEqual([0, 1]);
      expectHeld(change, customer, token);

      const second = await changeOf(subject, async () => {
        const errors = expectRefused(await perform(subject, 'customerCreate', input));
        expect(errors).toHaveLength(1);
        expect(['CONFLICT', 'VENDOR_REJECTED']).toContain(errors[0].code);
      });
      expect([second.gone, second.come]).toEqual([[], []]);
    },
    lacks: (subject) =>
      expectCannot(subject, 'CUSTOMER_CREATE', 'customerCreate', {
        accountId: subject.vendor.key,
        customer: sampleOf(subject, ['fullName', 'firstName', 'lastName', 'email', 'phone']),
      }),
  },

  CUSTOMER_UPDATE: {
    can: 'changes every field it says it takes, of that customer only, and nobody of an unknown id',
    async has(subject) {
      const person = await newcomer(subject);
      const token = newToken();
      const customer = sampleOf(subject, taken(subject, 'UPDATE').writableFields, token);
      const change = await changeOf(subject, async () => {
        const payload = expectDone(await perform(subject, 'customerUpdate', { ...person.target, customer }), [
          'UPDATED',
          'CREATED_OR_UPDATED',
        ]);
        expect(payload.customer.id).toBe(person.target.id);
        const carried = await expectShown(subject, person.vendorId, customer);
        expectReceipt(payload.receipt, customer, carried, ['customer']);
      });
      expect([change.gone.length, change.come.length]).toEqual([1, 1]);
      expectHeld(change, customer, token);

      if (!subject.can('CUSTOMER_READ')) return;
      const nobody = await globalId(subject, 'Customer', subject.unknownCustomer);
      const none = await changeOf(subject, async () => {
        const errors = expectRefused(
          await perform(subject, 'customerUpdate', {
            id: nobody,
            customer: sampleOf(
              subject,
              ['note', 'firstName'].filter((name) => name in customer),
            ),
          }),
        );
        expect(errors.map(({ code }) => code)).toEqual(['NOT_FOUND']);
      });
      expect([none.gone, none.come]).toEqual([[], []]);
    },
    lacks: async (subject) =>
      expectCannot(subject, 'CUSTOMER_UPDATE', 'customerUpdate', {
        id: await someCustomer(subject),
        customer: sampleOf(subject, ['fullName', 'firstName']),
      }),
  },

  CUSTOMER_UPSERT: {
    can: 'makes a customer, and changes the same one when it comes again',
    async has(subject) {
      const { writableFields, requiredFields } = taken(subject, 'UPSERT');
      const token = newToken();
      const customer = sampleOf(subject, writableFields, token);
      const accountId = subject.vendor.key;
      let vendorId = '';
      const made = await changeOf(subject, async () => {
        const payload = await perform(subject, 'customerUpsert', { accountId, customer });
        vendorId = expectDone(payload, ['CREATED', 'CREATED_OR_UPDATED']).customer.vendorId;
        const carried = await expectShown(subject, vendorId, customer);
        expectReceipt(payload.receipt, customer, carried, ['customer']);
      });
      expect([made.gone.length, made.come.length]).toEqual([0, 1]);
      expectHeld(made, customer, token);

      const kept = Object.fromEntries(
        ['email', 'phone', ...requiredFields.flatMap(({ anyOf }) => anyOf)].map((name) => [name, customer[name]]),
      );
      const other = newToken();
      const changes = {
        ...sampleOf(
          subject,
          writableFields.filter((name) => !(name in kept)),
          other,
        ),
        ...kept,
      };
      const changed = await changeOf(subject, async () => {
        const payload = await perform(subject, 'customerUpsert', { accountId, customer: changes });
        expect(expectDone(payload, ['UPDATED', 'CREATED_OR_UPDATED']).customer.vendorId).toBe(vendorId);
        await expectShown(subject, vendorId, changes);
      });
      expect([changed.gone.length, changed.come.length]).toEqual([1, 1]);
      expectHeld(changed, changes, other);
    },
    lacks: (subject) =>
      expectCannot(subject, 'CUSTOMER_UPSERT', 'customerUpsert', {
        accountId: subject.vendor.key,
        customer: sampleOf(subject, ['fullName', 'firstName', 'lastName', 'email', 'phone']),
      }),
  },

  CUSTOMER_DELETE: {
    can: 'deletes one customer, who is nobody afterwards',
    async has(subject) {
      const { target, vendorId } = await newcomer(subject);
      const input = { id: target.id };
      const change = await changeOf(subject, async () => {
        const payload = expectDone(await perform(subject, 'customerDelete', input), ['DELETED']);
        expect(payload.deletedCustomerId).toBe(target.id);
      });
      expect([change.gone.length, change.come.length]).toEqual([1, 0]);
      if (subject.can('CUSTOMER_READ')) {
        const { records, errors } = await entities(subject, 'Customer', [vendorId], 'fullName');
        expect({ records, errors }).toEqual({ records: [null], errors: undefined });
      }
      const again = expectRefused(await perform(subject, 'customerDelete', input));
      expect(again.map(({ code }) => code)).toEqual(['NOT_FOUND']);
    },
    lacks: async (subject) =>
      expectCannot(subject, 'CUSTOMER_DELETE', 'customerDelete', { id: await someCustomer(subject) }),
  },

  CUSTOMER_CUSTOM_FIELDS_SET: {
    can: 'sets one custom field and leaves the others',
    async has(subject) {
      const { target, vendorId, token } = await newcomer(subject);
      const name = subject.textField;
      const customFields = [{ name, text: `Nước mắm ${newToken()}` }];
      const change = await changeOf(subject, async () => {
        const payload = await perform(subject, 'customerCustomFieldsSet', { ...target, customFields });
        expectDone(payload, ['UPDATED', 'CREATED_OR_UPDATED']);
        const carried = await expectShown(subject, vendorId, { customFields });
        expectReceipt(payload.receipt, { customFields }, carried, []);
      });
      expect([change.gone.length, change.come.length]).toEqual([1, 1]);
      expect(change.text).toContain(customFields[0]?.text);
      // Everything else that was stored with the customer is still there.
      expect(change.text).not.toContain(`Value ${token}`);
      expect(withoutField(change.come[0])).toEqual(withoutField(change.gone[0]));

      function withoutField(record: Row): unknown {
        return JSON.parse(
          JSON.stringify(record)
            .replace(/"updated_at":"[^"]*"/, '"updated_at":""')
            .replaceAll(customFields[0]?.text ?? '', 'x')
            .replaceAll(`Value ${token}`, 'x'),
        );
      }
    },
    lacks: async (subject) =>
      expectCannot(subject, 'CUSTOMER_CUSTOM_FIELDS_SET', 'customerCustomFieldsSet', {
        id: await someCustomer(subject),
        customFields: [{ name: 'any', text: 'thing' }],
      }),
  },
} satisfies Partial<Record<Capability, Check>>;
