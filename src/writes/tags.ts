import type { Tag } from '../crm/tag.ts';
import type { Command, ReceiptEntry, WriteOrder } from '../crm/writer.ts';
import { done } from './customers.ts';
import { ifReadable, type Operation } from './operation.ts';

/** Makes a tag by itself. */
export function createTag({ name }: Command<'tagCreate'>, { account }: WriteOrder): Operation {
  const receipt = (tag: Tag, isRead: boolean): ReceiptEntry[] => [
    { field: ['name'], status: isRead && tag.name === name ? 'APPLIED' : 'UNVERIFIED' },
  ];
  return {
    refusals: [],
    locks: [`${account.id} tag ${name}`],
    subjects: [],
    async run(call) {
      const { tag, outcome } = await done(account.adapter.tagCreate)(name, call);
      const { tagByName } = account.adapter;
      // The answer to a create holds no more than an id.
      const read = tagByName === undefined ? undefined : await ifReadable(() => tagByName(name, call));
      return { outcome, tag: read ?? tag, receipt: receipt(read ?? tag, outcome === 'UNCHANGED' || !!read) };
    },
    async settle(call) {
      const { tagByName } = account.adapter;
      const tag = tagByName === undefined ? undefined : await ifReadable(() => tagByName(name, call));
      return tag ? { outcome: 'CREATED', tag, receipt: receipt(tag, true) } : undefined;
    },
  };
}
