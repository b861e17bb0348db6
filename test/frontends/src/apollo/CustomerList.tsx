import { NetworkStatus } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { CustomerCard } from './CustomerCard.tsx';
import { messageOf } from './failures.ts';
import { graphql } from './gql/index.ts';
import { NewCustomer } from './NewCustomer.tsx';
import { SourceNotices } from './SourceNotices.tsx';

const CUSTOMERS = graphql(`
  query Customers($first: Int!, $after: String) {
    customers(first: $first, after: $after) {
      edges {
        node {
          id
          ...CustomerCard
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      sources {
        ...SourceNotice
      }
    }
  }
`);

const PAGE_SIZE = 8;

export function CustomerList() {
  const { data, error, fetchMore, networkStatus, refetch } = useQuery(CUSTOMERS, {
    variables: { first: PAGE_SIZE },
    // A field that could not be read is null, with an error of its own: the rest of the answer is good.
    errorPolicy: 'all',
  });
  const [failure, setFailure] = useState('');
  const list = data?.customers;
  if (list === undefined && error === undefined) return <p className="waiting">Asking every CRM …</p>;
  // Null where the operation as a whole was refused, or nothing came back.
  if (list === undefined || list === null) return <Failure message={messageOf(error)} onRetry={() => void refetch()} />;
  const { edges, pageInfo, sources } = list;
  const isLoading = networkStatus === NetworkStatus.fetchMore;

  /** Going on from the last cursor also catches up with accounts that failed before: Retry is the same request. */
  async function goOn(): Promise<void> {
    setFailure('');
    try {
      const more = await fetchMore({ variables: { after: pageInfo.endCursor } });
      if (!more.data?.customers) setFailure(messageOf(more.error));
    } catch (reason) {
      setFailure(messageOf(reason));
    }
  }

  return (
    <>
      <header>
        <h1>Customers</h1>
        <p>
          {edges.length} shown <small>Apollo Client</small>
        </p>
      </header>
      <NewCustomer />
      <SourceNotices sources={sources} isLoading={isLoading} onRetry={() => void goOn()} />
      <ul className="customers list">
        {edges.map(({ node }) => (
          <CustomerCard key={node.id} customer={node} />
        ))}
      </ul>
      {failure !== '' && <Failure message={failure} onRetry={() => void goOn()} />}
      {failure === '' && pageInfo.hasNextPage && (
        <button type="button" className="more" onClick={() => void goOn()} disabled={isLoading}>
          {isLoading ? 'Loading …' : 'Load more'}
        </button>
      )}
    </>
  );
}

function Failure({ message, onRetry }: { readonly message: string; onRetry(): void }) {
  return (
    <div className="unreached">
      <p className="failure" role="alert">
        {message}
      </p>
      <button type="button" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}
