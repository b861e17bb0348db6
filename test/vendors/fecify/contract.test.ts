import { fecify } from '../../../src/vendors/fecify/index.ts';
import { contractSuite } from '../../contracts/contractSuite.ts';

contractSuite(fecify, {
  capabilities: ['CUSTOMER_ADDRESSES_READ', 'EVENT_LIST', 'CUSTOMER_CREATE', 'CUSTOMER_UPDATE'],
  customerFilters: [],
  eventFilters: ['email', 'createdAfter', 'createdBefore'],
  knownCustomers: ['1', '2', '3', '4', '8'],
  unknownCustomer: '999999',
  malformedId: 'abc',
});
