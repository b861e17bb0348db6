import { mercately } from '../../../src/vendors/mercately/index.ts';
import { contractSuite } from '../../contracts/contractSuite.ts';

contractSuite(mercately, {
  capabilities: [
    'CUSTOMER_READ',
    'CUSTOMER_LOOKUP_EMAIL',
    'CUSTOMER_LOOKUP_PHONE',
    'CUSTOMER_LIST',
    'CUSTOMER_ADDRESSES_READ',
    'CUSTOMER_TAGS_READ',
    'CUSTOMER_CUSTOM_FIELDS_READ',
    'CUSTOMER_EVENTS_READ',
    'AGENT_LIST',
    'CUSTOMER_CREATE',
    'CUSTOMER_UPDATE',
    'CUSTOMER_UPSERT',
    'CUSTOMER_TAGS_ADD',
    'CUSTOMER_TAGS_REMOVE',
    'CUSTOMER_TAGS_REPLACE',
    'CUSTOMER_CUSTOM_FIELDS_SET',
    'CUSTOMER_EVENT_RECORD',
  ],
  customerFilters: ['createdFrom', 'createdTo', 'identityDocumentType', 'identityDocumentNumber', 'platform'],
  unknownCustomer: '1999zzzzz9999',
  textField: 'puntos',
  malformedId: 'nobody@example.com',
});
