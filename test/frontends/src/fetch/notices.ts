import { noticesOf } from '../shared/sources.ts';
import { find, fromTemplate } from './elements.ts';
import { type FragmentType, graphql, readFragment } from './gql/index.ts';

const NOTICE = graphql(`
  fragment NoticeOfSource on Source {
    state
    retryAfter
    unreadable
    account {
      id
      label
    }
  }
`);

/** Says whose customers are missing and why, and offers to try again where that may help. */
export function showNotices(
  place: HTMLElement,
  sources: readonly FragmentType<typeof NOTICE>[],
  retry: () => void,
): void {
  place.replaceChildren(
    ...noticesOf(readFragment(NOTICE, sources)).map(({ account, tone, text, mayPass }) => {
      const item = fromTemplate('notice');
      item.className = tone;
      item.dataset.account = account;
      find(item, 'span', HTMLElement).textContent = text;
      const button = find(item, 'button', HTMLButtonElement);
      if (mayPass) button.addEventListener('click', retry);
      else button.remove();
      return item;
    }),
  );
}
