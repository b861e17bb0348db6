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
  ],
  customerFilters: ['ids', 'segment', 'segmentExclude', 'coupon', 'couponExclude'],
  unknownCustomer: '999999',
  malformedId: '../segment/1',
  manyIdsLimit: 100,
  holdsCoupon: (vendorId) => Number(vendorId) % 3 === 0,
});
