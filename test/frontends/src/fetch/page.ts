import { type CardOfCustomer, showCustomer } from './customer.ts';
import { find } from './elements.ts';
import { graphql } from './gql/index.ts';
import { ask, Unreachable } from './graph.ts';
import { offerNewCustomer } from './newCustomer.ts';
import { showNotices } from './notices.ts';

const CUSTOMERS = graphql(`
  query CustomerPage($first: Int!, $after: String) {
    customers(first: $first, after: $after) {
      nodes {
        ...CardOfCustomer
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      sources {
        ...NoticeOfSource
      }
    }
  }
`);

const PAGE_SIZE = 8;

const failure = find(document, '#failure', HTMLElement);
const count = find(document, '#count', HTMLElement);
const notices = find(document, '#notices', HTMLElement);
const customers = find(document, '#customers', HTMLElement);
const more = find(document, '#more', HTMLButtonElement);

/** Where the list ends so far. */
let endCursor: string | null = null;

/** Going on from the last cursor also catches up with accounts that failed before: Retry is the same request. */
async function goOn(): Promise<void> {
  setBusy(true);
  try {
    const { data, errors } = await ask(CUSTOMERS, { first: PAGE_SIZE, after: endCursor });
    // Null where the operation as a whole was refused. Fields that could not be read have errors too: the rest is good.
    showFailure(data?.customers ? '' : errors.map(({ message }) => message).join(' '));
    if (!data?.customers) return;
    const { nodes, pageInfo, sources } = data.customers;
    customers.append(...nodes.map((node: CardOfCustomer) => showCustomer(node)));
    count.textContent = `${customers.childElementCount} shown`;
    endCursor = pageInfo.endCursor ?? endCursor;
    more.hidden = !pageInfo.hasNextPage;
    showNotices(notices, sources, () => void goOn());
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    showFailure(error.message);
  } finally {
    setBusy(false);
  }
}

function showFailure(message: string): void {
  find(failure, 'p', HTMLElement).textContent = message;
  failure.hidden = message === '';
  if (message !== '') more.hidden = true;
}

function setBusy(isBusy: boolean): void {
  more.textContent = isBusy ? 'Loading …' : 'Load more';
  for (const button of [more, ...document.querySelectorAll<HTMLButtonElement>('.notices button, .unreached button')])
    button.disabled = isBusy;
}

more.addEventListener('click', () => void goOn());
find(failure, 'button', HTMLButtonElement).addEventListener('click', () => void goOn());
await goOn();
// Without an answer the list has said so already.
if (failure.hidden) await offerNewCustomer(find(document, '.new', HTMLElement));
