import { createGlobalIds } from '../../../src/ids/globalIds.ts';
import { deriveKeys } from '../../../src/ids/secret.ts';
import { salekit } from '../../../src/vendors/salekit/index.ts';
import { contractSuite, SECRET } from '../../contracts/contractSuite.ts';

// No read ever shows a customer of this vendor: a key is what a write answered some time ago.
const { seal } = createGlobalIds(deriveKeys([SECRET]));

contractSuite(salekit, {
  capabilities: [
    'CUSTOMER_UPDATE',
    'CUSTOMER_UPSERT',
    'CUSTOMER_TAGS_ADD',
    'CUSTOMER_TAGS_REMOVE',
    'CUSTOMER_CUSTOM_FIELDS_SET',
  ],
  customerFilters: [],
  knownCustomers: ['one@example.vn', 'two@example.vn'].map((email) => seal('salekit', email)),
  unknownCustomer: seal('salekit', 'nobody@example.vn'),
  textField: 'madon',
  malformedId: 'abc',
});
