import { heidianer } from '../../../src/vendors/heidianer/index.ts';
import { contractSuite } from '../../contracts/contractSuite.ts';

contractSuite(heidianer, {
  capabilities: [
    'CUSTOMER_READ',
    'CUSTOMER_READ_MANY',
    'CUSTOMER_LIST',
    'CUSTOMER_TAGS_READ',
    'CUSTOMER_SEGMENTS_READ',
    'SEGMENT_LIST',
    'SEGMENT_READ',
    'CUSTOMER_CREATE',
    'CUSTOMER_UPDATE',
    'CUSTOMER_DELETE',
    'CUSTOMER_TAGS_ADD',
    'CUSTOMER_TAGS_REMOVE',
    'CUSTOMER_TAGS_REPLACE',
    'SEGMENT_CREATE',
    'SEGMENT_CUSTOMERS_ADD',
    'SEGMENT_CUSTOMERS_REMOVE',
  ],
  customerFilters: ['ids', 'segment', 'segmentExclude', 'coupon', 'couponExclude'],
  unknownCustomer: '999999',
  malformedId: '../segment/1',
  manyIdsLimit: 100,
  holdsCoupon: (vendorId) => Number(vendorId) % 3 === 0,
});
