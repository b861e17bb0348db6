import type { Adapter } from '../../crm/adapter.ts';
import type { Call } from '../../crm/call.ts';
import type { CustomerField } from '../../crm/customer.ts';
import type { CustomerInput, CustomerTarget, TagRef } from '../../crm/customerInput.ts';
import type { WrittenCustomer } from '../../crm/customerWrites.ts';
import type { Connection, Vendor } from '../vendor.ts';
import { createClient } from './client.ts';
import { identified } from './identity.ts';
import { audienceFields, customerWrites, phoneSpelling, refused, tagList } from './map.ts';
import { type SalekitSettings, settings } from './settings.ts';
import type { WireAudience } from './wire.ts';

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
function connect({ account, settings: credentials, send, phones }: Connection<SalekitSettings>) {
  const sendAudience = createClient(credentials, send);
  const spell = phoneSpelling(phones, account.region);

  /** The vendor creates whom it does not find, and never says which of the two it did (quirk 2). */
  async function write(vendorId: string, audience: WireAudience, call: Call): Promise<WrittenCustomer> {
    await sendAudience(audience, call);
    return { vendorId, outcome: 'CREATED_OR_UPDATED' };
  }

  async function changeTags(
    field: 'tag' | 'un_tag',
    target: CustomerTarget,
    tags: readonly TagRef[],
    call: Call,
  ): Promise<WrittenCustomer> {
    const audience = { ...identified(target, {}, spell), [field]: tagList(tags) };
    // An empty text is never sent (question 3).
    if (tags.length === 0) return { vendorId: target.id, outcome: 'UNCHANGED' };
    return write(target.id, audience, call);
  }

  return {
    // No id is ever returned; the e-mail is the identity (quirk 4, question 11).
    naturalKeys: true,
    readableFields: new Set<CustomerField>(),
    // No CREATE: the vendor's call would as well change somebody who exists.
    customerWrites,

    async customerUpsert(input: CustomerInput, call: Call): Promise<WrittenCustomer> {
      const { full_name, email, ...fields } = audienceFields(input, spell);
      if (full_name === undefined || email === undefined) {
        throw refused(
          full_name === undefined ? 'fullName' : 'email',
          'This CRM needs "fullName" and "email"; give both.',
        );
      }
      return write(email.toLowerCase(), { full_name, email, ...fields }, call);
    },

    async customerUpdate(target: CustomerTarget, input: CustomerInput, call: Call): Promise<WrittenCustomer> {
      return write(target.id, { ...audienceFields(input, spell), ...identified(target, input, spell) }, call);
    },

    customerTagsAdd: (target: CustomerTarget, tags: readonly TagRef[], call: Call) =>
      changeTags('tag', target, tags, call),

    customerTagsRemove: (target: CustomerTarget, tags: readonly TagRef[], call: Call) =>
      changeTags('un_tag', target, tags, call),
  } satisfies Adapter;
}
