import { ladiflow } from '../../../src/vendors/ladiflow/index.ts';
import { contractSuite } from '../../contracts/contractSuite.ts';

const NO_KEY = 'the contract has no such key in a list row';

contractSuite(ladiflow, {
  capabilities: [
    'CUSTOMER_READ',
    'CUSTOMER_LOOKUP_EMAIL',
    'CUSTOMER_LOOKUP_PHONE',
    'CUSTOMER_LIST',
    'CUSTOMER_ADDRESSES_READ',
    'CUSTOMER_TAGS_READ',
    'CUSTOMER_CUSTOM_FIELDS_READ',
    'TAG_LIST',
    'CUSTOM_FIELD_DEFINITION_LIST',
    'CUSTOMER_CREATE',
    'CUSTOMER_UPDATE',
    'CUSTOMER_UPSERT',
    'CUSTOMER_TAGS_ADD',
    'CUSTOMER_CUSTOM_FIELDS_SET',
    'TAG_CREATE',
  ],
  customerFilters: ['text', 'tags'],
  unknownCustomer: 'ffffffffffffffffffffffff',
  textField: 'last_order_id',
  malformedId: 'FFFFFFFFFFFFFFFFFFFFFFFF',
  phoneNotFound: {
    reason: 'compared as stored, but asked for without spaces and with 0 for +84 (assumption 27)',
    is: (phone) => /[\s.()-]|^(\+|00)84/.test(phone),
  },
  onlyInSingleRead: {
    company: NO_KEY,
    jobTitle: NO_KEY,
    website: NO_KEY,
    avatarUrl: NO_KEY,
    externalId: NO_KEY,
    socialProfiles: NO_KEY,
  },
});
