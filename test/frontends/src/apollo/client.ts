import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { relayStylePagination } from '@apollo/client/utilities';

// Where callers are known by tokens (AUTH_MODE=jwt), a link that sets the header `authorization` goes in front of this.
const http = new HttpLink({ uri: GRAPH_URL });

/** Sends the digest that the client preset has put into each document, and never the document. */
const ids = new PersistedQueryLink({
  generateHash: (document) => (document as { __meta__?: { hash?: string } }).__meta__?.hash ?? '',
  retry: () => false,
  disable: () => false,
});

export const client = new ApolloClient({
  link: SEND_IDS ? ApolloLink.from([ids, http]) : http,
  cache: new InMemoryCache({
    typePolicies: {
      Query: {
        // Pages of one list are one list in the cache; another filter, or other accounts, are another. The policy joins
        // `edges`, not the shortcut `nodes`, and keeps the newest page's `sources`.
        fields: { customers: relayStylePagination(['accounts', 'filter']) },
      },
      // Everything else has an `id`.
      CrmVendor: { keyFields: ['key'] },
      // A tag list that comes is the whole list.
      Customer: { fields: { tags: { merge: false } } },
    },
  }),
});
