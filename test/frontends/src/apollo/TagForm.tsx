import { useApolloClient, useMutation } from '@apollo/client/react';
import { type FormEvent, useId, useRef, useState } from 'react';
import { messagesAt, otherMessages, type UserError } from '../shared/userErrors.ts';
import { PENDING } from './CustomerCard.tsx';
import { messageOf } from './failures.ts';
import { graphql } from './gql/index.ts';

const ADD_TAG = graphql(`
  mutation AddTag($input: CustomerTagsAddInput!) {
    customerTagsAdd(input: $input) {
      outcome
      customer {
        id
        tags {
          id
          name
        }
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

const TAGS = graphql(`
  query Tags($id: ID!) {
    customer(id: $id, freshness: { maxAge: 0 }) {
      id
      tags {
        id
        name
      }
    }
  }
`);

interface Props {
  readonly customerId: string;
  readonly tags: readonly { readonly id: string; readonly name: string | null }[];
}

export function TagForm({ customerId, tags }: Props) {
  const client = useApolloClient();
  const [addTag, { loading }] = useMutation(ADD_TAG);
  const [name, setName] = useState('');
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  /** Of what the user wants now: sent again with it, nothing is done twice. */
  const key = useRef(crypto.randomUUID());
  const errorId = useId();

  function change(text: string): void {
    setName(text);
    setErrors([]);
    key.current = crypto.randomUUID();
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setErrors([]);
    try {
      const { data } = await addTag({
        variables: { input: { id: customerId, tags: [{ name }], idempotencyKey: key.current } },
        // Shown at once, and taken back by itself when the real answer brings no customer.
        optimisticResponse: {
          __typename: 'Mutation',
          customerTagsAdd: {
            __typename: 'CustomerTagsAddPayload',
            outcome: 'UPDATED',
            userErrors: [],
            customer: {
              __typename: 'Customer',
              id: customerId,
              tags: [...withTypename(tags), { __typename: 'Tag', id: `${PENDING}${name}`, name }],
            },
          },
        },
      });
      const { outcome, userErrors = [] } = data?.customerTagsAdd ?? {};
      // Nobody knows whether it was stored: ask the CRM what is there now.
      if (outcome === 'UNKNOWN') {
        await client.query({ query: TAGS, variables: { id: customerId }, fetchPolicy: 'network-only' });
      }
      if (userErrors.length === 0) setName('');
      setErrors(userErrors);
      key.current = crypto.randomUUID();
    } catch (error) {
      // No answer came, so the key stays: the next try is the same write.
      setErrors([{ field: null, message: messageOf(error) }]);
    }
  }

  return (
    <form className="tag" onSubmit={(event) => void submit(event)}>
      <input
        aria-label="New tag"
        placeholder="New tag"
        required
        value={name}
        onChange={({ target }) => change(target.value)}
        aria-invalid={messagesAt('tags', errors) !== ''}
        aria-describedby={errorId}
      />
      <button type="submit" disabled={loading}>
        Add
      </button>
      <p className="failure" id={errorId} role="alert">
        {messagesAt('tags', errors)} {otherMessages(['tags'], errors)}
      </p>
    </form>
  );
}

const withTypename = (tags: Props['tags']) => tags.map(({ id, name }) => ({ __typename: 'Tag' as const, id, name }));
