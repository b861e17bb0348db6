import { allOf } from '../../writes/bench.ts';

// A customer with every field that LadiFlow takes: as it is given, sent, stored and reported.

export const PLAIN = {
  email: 'Khach.Moi@example.vn',
  phone: '+84 90 000 0001',
  firstName: 'Minh Quân',
  lastName: 'Nguyễn',
  birthday: '1989-11-03',
  gender: 'MALE',
  company: 'Công ty Biển Xanh',
  jobTitle: 'Kế toán',
  addresses: [
    {
      line1: '72 Phố Huế',
      line2: 'Tầng 3',
      ward: 'Phường 1',
      district: 'Cầu Giấy',
      city: 'Hà Nội',
      postalCode: '100000',
      country: 'Việt Nam',
    },
  ],
  website: 'https://example.vn',
  socialProfiles: [
    { network: 'facebook', value: 'https://facebook.com/a' },
    { network: 'twitter', value: 'https://twitter.com/a' },
    { network: 'linkedin', value: 'https://linkedin.com/in/a' },
    { network: 'skype', value: 'live:a' },
    { network: 'zalo', value: '0900000001' },
  ],
  leadScore: 14.5,
  interactionChannels: ['ZALO', 'API'],
  externalId: 'KH-123',
};
export const FIELDS = [
  { name: 'point', number: '120' },
  { name: 'last_order_id', text: 'DH1' },
  { name: 'wants_samples', boolean: true },
  { name: 'last_order_created_at', date: '2026-03-04T05:06:07.000Z' },
  { name: 'channel_urls', list: ['1', '2'] },
  { name: 'ldprb', list: ['Vàng'] },
];
export const BODY = {
  email: 'Khach.Moi@example.vn',
  phone: '0900000001',
  first_name: 'Minh Quân',
  last_name: 'Nguyễn',
  dob: '1989-11-03',
  gender: 'male',
  company: 'Công ty Biển Xanh',
  job_title: 'Kế toán',
  address: '72 Phố Huế',
  address_2: 'Tầng 3',
  ward: 'Phường 1',
  district: 'Cầu Giấy',
  city: 'Hà Nội',
  postal_code: 100000,
  country: 'Việt Nam',
  website: 'https://example.vn',
  facebook_url: 'https://facebook.com/a',
  twitter_url: 'https://twitter.com/a',
  linkedIn_url: 'https://linkedin.com/in/a',
  skype: 'live:a',
  zalo: '0900000001',
  score: 14.5,
  channels: ['ZALO', 'API'],
  external_customer_id: 'KH-123',
  custom_fields: [
    { name: 'point', value: '120' },
    { name: 'last_order_id', value: 'DH1' },
    { name: 'wants_samples', value: 'true' },
    { name: 'last_order_created_at', value: '2026-03-04T05:06:07.000Z' },
    { name: 'channel_urls', values: ['1', '2'] },
    { name: 'ldprb', value: 'Vàng' },
  ],
};
const { custom_fields: _custom, dob: _dob, ...STORED } = BODY;
export const FILLED = {
  ...STORED,
  name: 'Nguyễn Minh Quân',
  dob: '1989-11-03T00:00:00.000Z',
  dob_month: 10,
};
export const RECEIPT = {
  ...allOf('APPLIED', PLAIN),
  'customer.phone': 'COERCED 0900000001',
  ...allOf('APPLIED', FIELDS, 'customer.customFields'),
};
