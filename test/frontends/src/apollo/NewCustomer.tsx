import { useMutation, useQuery } from '@apollo/client/react';
import { type FormEvent, useId, useRef, useState } from 'react';
import {
  type Account,
  canCreate,
  type Field,
  type FormField,
  formFields,
  givenValues,
  type Values,
} from '../shared/newCustomer.ts';
import { messagesAt, otherMessages, type UserError } from '../shared/userErrors.ts';
import { CustomerCard } from './CustomerCard.tsx';
import { messageOf } from './failures.ts';
import { graphql } from './gql/index.ts';

const ACCOUNTS = graphql(`
  query Accounts {
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
  mutation CreateCustomer($input: CustomerCreateInput!) {
    customerCreate(input: $input) {
      customer {
        id
        ...CustomerCard
      }
      userErrors {
        field
        message
      }
    }
  }
`);

export function NewCustomer() {
  const { data } = useQuery(ACCOUNTS);
  const accounts = data?.accounts?.filter(canCreate) ?? [];
  const [chosen, choose] = useState<string>();
  const account = accounts.find(({ id }) => id === chosen) ?? accounts[0];
  if (account === undefined) return null;
  return (
    <details className="new">
      <summary>New customer</summary>
      <label>
        At
        <select value={account.id} onChange={({ target }) => choose(target.value)}>
          {accounts.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <CustomerForm key={account.id} account={account} />
    </details>
  );
}

function CustomerForm({ account }: { readonly account: Account }) {
  const [create, { data, loading }] = useMutation(CREATE_CUSTOMER);
  const [values, setValues] = useState<Values>({});
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  /** Of what the user wants now: sent again with it, nobody is made twice. */
  const key = useRef(crypto.randomUUID());
  const fields = formFields(account);

  function change(name: Field, value: string): void {
    setValues({ ...values, [name]: value });
    key.current = crypto.randomUUID();
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    try {
      const answer = await create({
        variables: { input: { accountId: account.id, customer: givenValues(values), idempotencyKey: key.current } },
      });
      const userErrors = answer.data?.customerCreate?.userErrors ?? [];
      setErrors(userErrors);
      if (userErrors.length === 0) setValues({});
      key.current = crypto.randomUUID();
    } catch (error) {
      setErrors([{ field: null, message: messageOf(error) }]);
    }
  }

  const created = data?.customerCreate?.customer;
  return (
    <>
      {/* The CRM says what is missing, so that everything is said in one place and in one way. */}
      <form noValidate onSubmit={(event) => void submit(event)}>
        <div className="fields">
          {fields.map((field) => (
            <Input
              key={field.name}
              field={field}
              value={values[field.name] ?? ''}
              message={messagesAt(`customer.${field.name}`, errors)}
              onChange={change}
            />
          ))}
        </div>
        <button type="submit" disabled={loading}>
          Create
        </button>
        <p className="failure" role="alert">
          {otherMessages(
            fields.map(({ name }) => `customer.${name}`),
            errors,
          )}
        </p>
      </form>
      {created && (
        <ul className="customers created">
          <CustomerCard customer={created} />
        </ul>
      )}
    </>
  );
}

interface InputProps {
  readonly field: FormField;
  readonly value: string;
  readonly message: string;
  onChange(name: Field, value: string): void;
}

function Input({ field: { name, label, isRequired }, value, message, onChange }: InputProps) {
  const messageId = useId();
  return (
    <div>
      <label>
        {label}
        <input
          value={value}
          onChange={({ target }) => onChange(name, target.value)}
          aria-required={isRequired}
          aria-invalid={message !== ''}
          aria-describedby={messageId}
        />
      </label>
      <p className="failure" id={messageId}>
        {message}
      </p>
    </div>
  );
}
