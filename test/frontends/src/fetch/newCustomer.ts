import { type Account, canCreate, type FormField, formFields, givenValues } from '../shared/newCustomer.ts';
import { messagesAt, otherMessages, type UserError } from '../shared/userErrors.ts';
import { showCustomer } from './customer.ts';
import { find, fromTemplate } from './elements.ts';
import { graphql } from './gql/index.ts';
import { ask, Unreachable } from './graph.ts';

const ACCOUNTS = graphql(`
  query AccountsWithForms {
    accounts {
      id
      label
      customerWrites {
        kind
        writableFields
        requiredFields {
          anyOf
        }
      }
    }
  }
`);

const CREATE_CUSTOMER = graphql(`
  mutation CreateCustomerOfForm($input: CustomerCreateInput!) {
    customerCreate(input: $input) {
      customer {
        ...CardOfCustomer
      }
      userErrors {
        field
        message
      }
    }
  }
`);

/** Shows a form that has the fields of the chosen account, as soon as the graph has told them. */
export async function offerNewCustomer(place: HTMLElement): Promise<void> {
  const { data } = await ask(ACCOUNTS, {});
  const accounts = data?.accounts.filter(canCreate) ?? [];
  const [first] = accounts;
  if (first === undefined) return;
  const select = find(place, 'select', HTMLSelectElement);
  select.append(...accounts.map(({ id, label }) => new Option(label, id)));
  const form = find(place, 'form', HTMLFormElement);
  const created = find(place, '.created', HTMLElement);
  const show = () => takeCustomer(form, created, accounts.find(({ id }) => id === select.value) ?? first);
  select.addEventListener('change', show);
  show();
  place.hidden = false;
}

function takeCustomer(form: HTMLFormElement, created: HTMLElement, account: Account): void {
  const fields = formFields(account);
  const inputs = new Map(fields.map((field) => [field.name, inputFor(field)]));
  const button = find(form, 'button', HTMLButtonElement);
  const failure = find(form, 'p.failure:last-child', HTMLElement);
  /** Of what the user wants now: sent again with it, nobody is made twice. */
  let key = crypto.randomUUID();

  function showErrors(errors: readonly UserError[]): void {
    for (const [name, { input, message }] of inputs) {
      message.textContent = messagesAt(`customer.${name}`, errors);
      input.ariaInvalid = String(message.textContent !== '');
    }
    failure.textContent = otherMessages(
      fields.map(({ name }) => `customer.${name}`),
      errors,
    );
  }

  async function create(): Promise<readonly UserError[]> {
    const values = Object.fromEntries([...inputs].map(([name, { input }]) => [name, input.value]));
    const { data, errors } = await ask(CREATE_CUSTOMER, {
      input: { accountId: account.id, customer: givenValues(values), idempotencyKey: key },
    });
    const payload = data?.customerCreate;
    if (!payload) return errors.map(({ message }) => ({ field: null, message }));
    key = crypto.randomUUID();
    if (payload.customer) created.replaceChildren(showCustomer(payload.customer));
    if (payload.userErrors.length === 0) for (const { input } of inputs.values()) input.value = '';
    return payload.userErrors;
  }

  async function submit(): Promise<void> {
    button.disabled = true;
    try {
      showErrors(await create());
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      showErrors([{ field: null, message: error.message }]);
    } finally {
      button.disabled = false;
    }
  }

  find(form, '.fields', HTMLElement).replaceChildren(...[...inputs.values()].map(({ item }) => item));
  showErrors([]);
  created.replaceChildren();
  form.oninput = () => {
    key = crypto.randomUUID();
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    void submit();
  };
}

function inputFor({ name, label, isRequired }: FormField) {
  const item = fromTemplate('field');
  const input = find(item, 'input', HTMLInputElement);
  const message = find(item, '.failure', HTMLElement);
  find(item, 'span', HTMLElement).textContent = label;
  message.id = `message-${name}`;
  input.ariaRequired = String(isRequired);
  input.setAttribute('aria-describedby', message.id);
  return { item, input, message };
}
