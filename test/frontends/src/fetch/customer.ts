import { messagesAt, otherMessages, type UserError } from '../shared/userErrors.ts';
import { find, fromTemplate } from './elements.ts';
import { type FragmentType, graphql, readFragment } from './gql/index.ts';
import { ask, Unreachable } from './graph.ts';

const CARD = graphql(`
  fragment CardOfCustomer on Customer {
    id
    fullName
    email
    phoneE164
    unreadableFields
    account {
      id
      label
      capabilities
    }
    tags {
      name
    }
  }
`);

const ADD_TAG = graphql(`
  mutation AddTagToCustomer($input: CustomerTagsAddInput!) {
    customerTagsAdd(input: $input) {
      outcome
      customer {
        tags {
          name
        }
      }
      userErrors {
        field
        message
      }
    }
  }
`);

const TAGS = graphql(`
  query TagsOfCustomer($id: ID!) {
    customer(id: $id, freshness: { maxAge: 0 }) {
      tags {
        name
      }
    }
  }
`);

export type CardOfCustomer = FragmentType<typeof CARD>;
type Tags = readonly { readonly name: string | null }[] | null;

/** A customer's card, with a form for tags where the CRM takes them. */
export function showCustomer(customer: CardOfCustomer): HTMLElement {
  const { id, fullName, email, phoneE164, unreadableFields, account, tags } = readFragment(CARD, customer);
  const card = fromTemplate('customer');
  card.dataset.customer = id;
  card.dataset.account = account.id;
  find(card, 'h2', HTMLElement).textContent = fullName ?? email ?? phoneE164 ?? 'Without a name';
  find(card, '.account', HTMLElement).textContent = account.label;
  find(card, '.phone', HTMLElement).textContent = phoneE164;
  find(card, '.email', HTMLElement).textContent = email;
  const list = find(card, '.tags', HTMLElement);
  // Null means "empty" only where the CRM shows the field.
  showTags(list, tags, unreadableFields.includes('tags') ? 'Shows no tags' : 'Tags could not be read');
  const form = find(card, 'form', HTMLFormElement);
  if (account.capabilities.includes('CUSTOMER_TAGS_ADD')) takeTags(form, id, list, tags);
  else form.remove();
  return card;
}

function showTags(list: HTMLElement, tags: Tags, instead = ''): void {
  list.replaceChildren(...(tags ?? []).map(({ name }) => tagItem(name ?? '…')));
  if (tags === null) list.textContent = instead;
}

function tagItem(name: string, isPending = false): HTMLElement {
  const item = document.createElement('li');
  item.textContent = name;
  item.dataset.pending = String(isPending);
  return item;
}

/** Shows a new tag at once, and takes it back when it was refused. */
function takeTags(form: HTMLFormElement, id: string, list: HTMLElement, first: Tags): void {
  const input = find(form, 'input', HTMLInputElement);
  const button = find(form, 'button', HTMLButtonElement);
  const failure = find(form, '.failure', HTMLElement);
  let tags = first;
  /** Of what the user wants now: sent again with it, nothing is done twice. */
  let key = crypto.randomUUID();

  function showErrors(errors: readonly UserError[]): void {
    input.ariaInvalid = String(messagesAt('tags', errors) !== '');
    failure.textContent = `${messagesAt('tags', errors)} ${otherMessages(['tags'], errors)}`.trim();
  }

  async function add(name: string): Promise<readonly UserError[]> {
    const { data, errors } = await ask(ADD_TAG, { input: { id, tags: [{ name }], idempotencyKey: key } });
    const payload = data?.customerTagsAdd;
    if (!payload) return errors.map(({ message }) => ({ field: null, message }));
    if (payload.customer) tags = payload.customer.tags;
    // Nobody knows whether it was stored: ask the CRM what is there now.
    if (payload.outcome === 'UNKNOWN') tags = (await ask(TAGS, { id })).data?.customer?.tags ?? tags;
    key = crypto.randomUUID();
    return payload.userErrors;
  }

  async function submit(): Promise<void> {
    button.disabled = true;
    showErrors([]);
    list.append(tagItem(input.value, true));
    try {
      const errors = await add(input.value);
      if (errors.length === 0) input.value = '';
      showErrors(errors);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      // No answer came, so the key stays: the next try is the same write.
      showErrors([{ field: null, message: error.message }]);
    } finally {
      showTags(list, tags);
      button.disabled = false;
    }
  }

  input.addEventListener('input', () => {
    showErrors([]);
    key = crypto.randomUUID();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
  });
}
