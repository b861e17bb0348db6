import type { Adapter } from '../../crm/adapter.ts';
import type { CustomerField } from '../../crm/customer.ts';
import type { Vendor } from '../vendor.ts';
import { settings } from './settings.ts';

export const salekit = {
  key: 'salekit',
  label: 'Salekit',
  region: 'VN',
  timeZone: 'Asia/Ho_Chi_Minh',
  settings,
  baseUrl: 'https://salekit.io',
  // Integrations use the second host for the same endpoint (quirk 8).
  publicHosts: ['salekit.io', 'api.salekit.io'],
  connect,
  emulator: () => import('./emulator.ts'),
} satisfies Vendor<typeof settings>;

/** The API only writes: nothing can be read or listed, not even what was just sent (contract, Capability table). */
function connect() {
  return {
    // No id is ever returned; the e-mail is the identity (quirk 4, question 11).
    naturalKeys: true,
    readableFields: new Set<CustomerField>(),
    // One endpoint creates and updates; both fields it demands are the reading of an empty table cell (quirk 3).
    customerWrites: {
      UPSERT: {
        required: [['fullName'], ['email']],
        writable: [
          'fullName',
          'email',
          'phone',
          'tags',
          'source',
          'gender',
          'addresses',
          'note',
          'customFields',
          'kind',
        ],
      },
    },
  } satisfies Adapter;
}
