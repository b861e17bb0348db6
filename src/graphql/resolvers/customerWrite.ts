import { CrmError } from '../../crm/errors.ts';
import type { Context } from '../context.ts';
import { badInput } from '../errors.ts';
import type { CustomersUpsertInput, Resolvers } from '../generated.ts';
import { globalIdOf } from '../keys.ts';
import { customerInput, customFieldInputs, tagRefs } from '../writeInput.ts';
import {
  accountNamed,
  type BatchModel,
  type BatchResultModel,
  orderOf,
  type Prepared,
  performWrite,
  recordNamed,
  refusal,
  targetNamed,
  type WriteInput,
  type WriteModel,
} from '../writing.ts';
import { customerPayload, mayRead, payload } from './write.ts';

type Mutations = Pick<
  NonNullable<Resolvers['Mutation']>,
  | 'customerCreate'
  | 'customerUpdate'
  | 'customerUpsert'
  | 'customersUpsert'
  | 'customerDelete'
  | 'customerTagsAdd'
  | 'customerTagsRemove'
  | 'customerTagsReplace'
  | 'customerCustomFieldsSet'
>;

const MOST_CUSTOMERS = 100;
const AT_ONCE = 8;
const MOST_TAGS = 100;
const CUSTOMER = ['customer'];

export const customerWriteResolvers: Pick<
  Resolvers,
  | 'CustomerCreatePayload'
  | 'CustomerUpdatePayload'
  | 'CustomerUpsertPayload'
  | 'CustomersUpsertPayload'
  | 'CustomersUpsertResult'
  | 'CustomerDeletePayload'
  | 'CustomerTagsAddPayload'
  | 'CustomerTagsRemovePayload'
  | 'CustomerTagsReplacePayload'
  | 'CustomerCustomFieldsSetPayload'
> & { Mutation: Mutations } = {
  Mutation: {
    customerCreate: (_, { input }, context) =>
      performWrite(context, 'customerCreate', 'CUSTOMER_CREATE', input, CUSTOMER, () => {
        const account = accountNamed(context, input.accountId);
        const customer = customerInput(context, account, input.customer, 'customer');
        return { account, command: { kind: 'customerCreate', input: customer } };
      }),
    customerUpdate: (_, { input }, context) =>
      performWrite(context, 'customerUpdate', 'CUSTOMER_UPDATE', input, CUSTOMER, () => {
        const { account, target } = targetNamed(context, input);
        const customer = customerInput(context, account, input.customer, 'customer');
        return { account, command: { kind: 'customerUpdate', target, input: customer } };
      }),
    customerUpsert: (_, { input }, context) =>
      performWrite(context, 'customerUpsert', 'CUSTOMER_UPSERT', input, CUSTOMER, () => {
        const account = accountNamed(context, input.accountId);
        const customer = customerInput(context, account, input.customer, 'customer');
        return { account, command: { kind: 'customerUpsert', input: customer } };
      }),
    customersUpsert: (_, { input }, context) => upsertAll(context, input),
    customerDelete: (_, { input }, context) =>
      performWrite(context, 'customerDelete', 'CUSTOMER_DELETE', input, [], () => {
        const { account, vendorId } = recordNamed(context, 'Customer', 'id', input.id);
        return { account, command: { kind: 'customerDelete', id: vendorId } };
      }),
    customerTagsAdd: (_, { input }, context) => changeTags(context, 'customerTagsAdd', 'CUSTOMER_TAGS_ADD', 1, input),
    customerTagsRemove: (_, { input }, context) =>
      changeTags(context, 'customerTagsRemove', 'CUSTOMER_TAGS_REMOVE', 1, input),
    customerTagsReplace: (_, { input }, context) =>
      changeTags(context, 'customerTagsReplace', 'CUSTOMER_TAGS_REPLACE', 0, input),
    customerCustomFieldsSet: (_, { input }, context) =>
      performWrite(context, 'customerCustomFieldsSet', 'CUSTOMER_CUSTOM_FIELDS_SET', input, [], () => {
        const { account, target } = targetNamed(context, input);
        const customFields = customFieldInputs(input.customFields, 'customFields');
        if (customFields.length === 0) throw badInput('customFields', '"customFields" is empty; give at least one.');
        return { account, command: { kind: 'customerUpdate', target, input: { customFields } } };
      }),
  },
  CustomerCreatePayload: customerPayload,
  CustomerUpdatePayload: customerPayload,
  CustomerUpsertPayload: customerPayload,
  CustomersUpsertPayload: {
    userErrors: ({ errors }) => errors.map((error) => ({ ...error, account: undefined })),
  },
  CustomersUpsertResult: customerPayload,
  CustomerDeletePayload: {
    ...payload,
    deletedCustomerId: ({ outcome, deletedId, account }, _, context) =>
      outcome === 'DELETED' && deletedId !== undefined && account !== undefined
        ? globalIdOf(context, 'Customer', { account, vendorId: deletedId })
        : null,
  },
  CustomerTagsAddPayload: customerPayload,
  CustomerTagsRemovePayload: customerPayload,
  CustomerTagsReplacePayload: {
    ...customerPayload,
    removedTags: ({ removedTags }, _, context) => (removedTags === undefined || !mayRead(context) ? null : removedTags),
  },
  CustomerCustomFieldsSetPayload: customerPayload,
};

function changeTags(
  context: Context,
  kind: 'customerTagsAdd' | 'customerTagsRemove' | 'customerTagsReplace',
  capability: Parameters<typeof performWrite>[2],
  fewest: number,
  input: WriteInput & Parameters<typeof targetNamed>[1] & { readonly tags: Parameters<typeof tagRefs>[2] },
): Promise<WriteModel> {
  return performWrite(context, kind, capability, input, [], () => {
    const { account, target } = targetNamed(context, input);
    if (input.tags.length < fewest || input.tags.length > MOST_TAGS) {
      throw badInput('tags', `"tags" takes ${fewest} to ${MOST_TAGS} tags; correct it.`);
    }
    return { account, command: { kind, target, tags: tagRefs(context, account, input.tags, 'tags') } };
  });
}

/** Each customer by itself, eight at a time, in the order of the input. */
async function upsertAll(context: Context, input: CustomersUpsertInput): Promise<BatchModel> {
  const { customers, ...options } = input;
  const perform = (index: number): Promise<WriteModel> => {
    const item = { ...options, customer: customers[index] ?? {} };
    const path = ['customers', String(index)];
    const prepare = (): Prepared => {
      const account = accountNamed(context, input.accountId);
      const customer = customerInput(context, account, item.customer, path.join('.'));
      return { account, command: { kind: 'customerUpsert', input: customer } };
    };
    return performWrite(context, 'customersUpsert', 'CUSTOMER_UPSERT', item, path, prepare, index);
  };
  try {
    if (customers.length < 1 || customers.length > MOST_CUSTOMERS) {
      throw badInput('customers', `"customers" takes 1 to ${MOST_CUSTOMERS} customers; give them in parts.`);
    }
    const account = accountNamed(context, input.accountId);
    const order = orderOf(context, account, 'customersUpsert', 'CUSTOMER_UPSERT', input, []);
    if (!order.dryRun && context.writer.isOtherBatch(order)) {
      throw new CrmError('CONFLICT', {
        executed: 'no',
        field: 'idempotencyKey',
        message: 'This idempotency key was used for another batch; use a new key for a new batch.',
      });
    }
  } catch (error) {
    return { errors: refusal(error).errors, results: [] };
  }
  const results = new Array<BatchResultModel>(customers.length);
  let next = 0;
  async function worker(): Promise<void> {
    for (let index = next++; index < customers.length; index = next++) {
      results[index] = { ...(await perform(index)), index };
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, customers.length) }, worker));
  return { errors: [], results };
}
