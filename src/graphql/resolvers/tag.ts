import type { Tag } from '../../crm/tag.ts';
import type { Context } from '../context.ts';
import { fanOut } from '../fanOut.ts';
import type { Resolvers } from '../generated.ts';
import { accountOf, globalIdOf, shownVendorId } from '../keys.ts';
import { checkedName } from '../writeInput.ts';
import { accountNamed, performWrite } from '../writing.ts';
import { connection } from './connection.ts';
import { freshnessOf, readTime } from './freshness.ts';
import { node, reference } from './node.ts';
import { payload } from './write.ts';

export const tagResolvers: Pick<Resolvers, 'Tag' | 'TagConnection' | 'TagCreatePayload'> & {
  Query: Pick<NonNullable<Resolvers['Query']>, 'tag' | 'tags'>;
  Mutation: Pick<NonNullable<Resolvers['Mutation']>, 'tagCreate'>;
} = {
  Query: {
    tag: node('Tag'),
    tags: (_, { first, after, accounts }, context) =>
      fanOut(context, {
        first,
        after,
        accounts,
        list: 'tags',
        part: ({ adapter }) => adapter.tagList ?? 'UNSUPPORTED',
      }),
  },
  Mutation: {
    tagCreate: (_, { input }, context) =>
      performWrite(context, 'tagCreate', 'TAG_CREATE', input, [], () => {
        const account = accountNamed(context, input.accountId);
        return { account, command: { kind: 'tagCreate', name: checkedName('name', input.name) } };
      }),
  },
  TagCreatePayload: payload,
  Tag: {
    __resolveReference: reference('Tag'),
    id: (tag, _, context) => globalIdOf(context, 'Tag', tag),
    accountId: ({ account }) => account.id,
    vendorId: (tag, _, context) => shownVendorId(context, tag.account, tag.vendorId),
    account: (tag, _, context) => accountOf(context, tag),
    name: (tag, _, context) => whenWhole(tag, context, (read) => read?.name ?? null),
    createdAt: (tag, _, context) => whenWhole(tag, context, (read) => read?.createdAt ?? null),
    updatedAt: (tag, _, context) => whenWhole(tag, context, (read) => read?.updatedAt ?? null),
    fetchedAt: (tag, _, context) => whenWhole(tag, context, (read) => readTime(read ?? {})),
    freshness: (tag, _, context) => whenWhole(tag, context, (read) => freshnessOf(read ?? {})),
  },
  TagConnection: connection,
};

/** Some vendors show only tag ids on a customer: the rest is read when it is asked for, many tags at once. */
const whenWhole = <Value>(tag: Tag, context: Context, then: (tag: Tag | null) => Value): Value | Promise<Value> =>
  // A promise for each would be dear: lists show hundreds of them.
  tag.name === undefined ? context.loaders.tag(accountOf(context, tag), tag.vendorId).then(then) : then(tag);
