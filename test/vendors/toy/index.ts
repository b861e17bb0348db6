import { z } from 'zod';
import type { Adapter } from '../../../src/crm/adapter.ts';
import type { Call } from '../../../src/crm/call.ts';
import type { CustomerCompleteness, CustomerField, CustomerFields } from '../../../src/crm/customer.ts';
import { nullIfNotFound } from '../../../src/crm/errors.ts';
import { type PageRequest, pageOf } from '../../../src/crm/page.ts';
import { type FieldReaders, recordReader, usable } from '../../../src/crm/record.ts';
import type { Connection, Vendor } from '../../../src/vendors/vendor.ts';

const settings = z.object({ token: z.string().min(1) });

/** An invented CRM: what a sixth vendor takes. */
export const toy = {
  key: 'toy',
  label: 'Toy CRM',
  region: 'DE',
  timeZone: 'Europe/Berlin',
  settings,
  connect,
  emulator: () => import('./emulator.ts'),
} satisfies Vendor<typeof settings>;

const wirePerson = z.object({ key: z.string(), called: z.string(), mail: z.string().nullable() });
const wirePeople = z.object({ people: z.array(z.unknown()), all: z.number() });

const fields = {
  fullName: ({ called }) => called,
  email: ({ mail }) => mail,
} satisfies FieldReaders<typeof wirePerson, CustomerFields>;
const whole: CustomerCompleteness = {
  completeness: 'FULL',
  readableFields: new Set(Object.keys(fields) as CustomerField[]),
};

function connect({ account, settings: { token }, send, clock }: Connection<z.output<typeof settings>>) {
  const headers = { 'x-toy-token': token };
  const failure = ({ status }: { status: number }) => (status === 200 ? undefined : { status });
  const read = recordReader(account, wirePerson, (row) => row.key, fields, whole);

  return {
    readableFields: whole.readableFields,

    async customerById(key: string, call: Call) {
      if (!/^p\d+$/.test(key)) return null;
      const asked = send(
        { method: 'GET', path: '/people/{key}', pathValues: { key }, headers, repeatable: true, failure },
        call,
      );
      const answer = await nullIfNotFound(asked);
      return answer === null ? null : usable(read(answer.body, clock.now()));
    },

    customerFilters: [],
    async customerList(_filter: object, { after = '0', size }: PageRequest, call: Call) {
      const query = { from: after, count: size };
      const { body } = await send({ method: 'GET', path: '/people', query, headers, repeatable: true, failure }, call);
      const { people, all } = wirePeople.parse(body);
      const end = Number(after) + people.length;
      return pageOf(people, (row) => read(row, clock.now()), end < all ? String(end) : undefined, all);
    },
  } satisfies Adapter;
}
