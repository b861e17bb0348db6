import { ApolloProvider } from '@apollo/client/react';
import { createRoot } from 'react-dom/client';
import { CustomerList } from './CustomerList.tsx';
import { client } from './client.ts';

const page = document.querySelector('#page');
if (page !== null) {
  createRoot(page).render(
    <ApolloProvider client={client}>
      <CustomerList />
    </ApolloProvider>,
  );
}
