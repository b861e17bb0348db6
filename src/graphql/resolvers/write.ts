import type { Customer } from '../../crm/customer.ts';
import type { WriteError } from '../../crm/writer.ts';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated.ts';
import type { CustomerModel } from '../models.ts';
import type { WriteModel } from '../writing.ts';

/** A user error knows the account its candidates belong to. */
export type UserErrorModel = WriteError & Pick<WriteModel, 'account'>;

/** Who may write need not be allowed to read: what the CRM holds is shown only to those who may. */
export const mayRead = ({ caller }: Context): boolean => caller.scopes.has('customers:read');

/** The fields that all payloads share, for each payload type. */
export const payload = {
  userErrors: ({ errors, account }: WriteModel): UserErrorModel[] => errors.map((error) => ({ ...error, account })),
  requests: ({ requests }: WriteModel, _: unknown, context: Context) =>
    requests.map((request) => ({ ...request, body: mayRead(context) ? request.body : null })),
  receipt: ({ receipt }: WriteModel, _: unknown, context: Context) =>
    mayRead(context) ? receipt : receipt.map(({ field, status }) => ({ field, status })),
};

/** The same with the customer as it is after the write. */
export const customerPayload = {
  ...payload,
  customer: ({ customer }: WriteModel, _: unknown, context: Context): CustomerModel | null =>
    customer === undefined || !mayRead(context) ? null : (customer as CustomerModel),
};

export const writeResolvers: Pick<Resolvers, 'UserError'> = {
  UserError: {
    candidates: ({ candidates, account }) =>
      candidates === undefined || account === undefined
        ? null
        : candidates.map((vendorId): Pick<Customer, 'account' | 'vendorId'> => ({ account, vendorId })),
  },
};
