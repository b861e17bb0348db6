import { type FragmentType, graphql, readFragment } from './gql/index.ts';
import { TagForm } from './TagForm.tsx';

const CUSTOMER_CARD = graphql(`
  fragment CustomerCard on Customer {
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
      id
      name
    }
  }
`);

export function CustomerCard({ customer }: { readonly customer: FragmentType<typeof CUSTOMER_CARD> }) {
  const { id, fullName, email, phoneE164, unreadableFields, account, tags } = readFragment(CUSTOMER_CARD, customer);
  return (
    <li className="customer" data-customer={id} data-account={account.id}>
      <p className="account">{account.label}</p>
      <h2>{fullName ?? email ?? phoneE164 ?? 'Without a name'}</h2>
      <p className="contact">
        <span>{phoneE164}</span> <span>{email}</span>
      </p>
      {tags === null ? (
        // Null means "empty" only where the CRM shows the field.
        <p className="unread">{unreadableFields.includes('tags') ? 'Shows no tags' : 'Tags could not be read'}</p>
      ) : (
        <ul className="tags">
          {tags.map((tag) => (
            <li key={tag.id} data-pending={tag.id.startsWith(PENDING)}>
              {tag.name}
            </li>
          ))}
        </ul>
      )}
      {account.capabilities.includes('CUSTOMER_TAGS_ADD') && <TagForm customerId={id} tags={tags ?? []} />}
    </li>
  );
}

/** Begins ids that we gave a tag until the graph's answer brings its own. */
export const PENDING = 'pending:';
