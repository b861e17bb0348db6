import type { Places } from '../writes.ts';
import { emailOf, heldBy, isNew, type Plan, textOf } from './plan.ts';

export function fecify(places: Places): readonly Plan[] {
  const { accountId, person } = places;
  const held = heldBy('id', places);
  return [
    {
      mutation: 'customerCreate',
      operation: 'createCustomer',
      done: 'CREATED',
      input: (mark) => ({
        accountId,
        customer: { email: emailOf(mark), firstName: textOf(mark), lastName: 'Li', acceptsMarketing: true },
      }),
      isStored: isNew('email', emailOf),
    },
    {
      mutation: 'customerUpdate',
      operation: 'updateCustomer',
      done: 'UPDATED',
      isAddressed: true,
      input: (mark) => ({ id: person(mark).id, customer: { firstName: textOf(mark), note: textOf(mark) } }),
      isStored: (records, mark) => held(records, mark)?.note === textOf(mark),
    },
  ];
}
