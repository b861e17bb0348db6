import type { CustomerIdentity, CustomerInput, CustomerTarget } from '../../crm/customerInput.ts';
import { refused, type SpellPhone } from './map.ts';
import type { WireAudience } from './wire.ts';

/**
 * Who is written to, as every call on an existing customer has to say it: the vendor gives no id (quirk 4) and looks
 * for the e-mail first and then for the phone (question 1). Whatever else the caller says of that customer has to fit,
 * or the call would write to somebody else.
 */
export function identified(
  { id, identity }: CustomerTarget,
  { fullName, phone }: Pick<CustomerInput, 'fullName' | 'phone'>,
  spell: SpellPhone,
): Pick<WireAudience, 'full_name' | 'email' | 'phone'> {
  const names = { full_name: needed('fullName', fullName ?? identity.fullName) };
  if (isEmail(id)) {
    const email = identity.email || id;
    if (email.toLowerCase() !== id.toLowerCase()) throw other('identity.email', 'e-mail');
    return { ...names, email };
  }
  const own = spell(id);
  if (identity.phone !== undefined && spell(identity.phone) !== own) throw other('identity.phone', 'phone');
  // Known by the phone only: under another one the vendor would no longer find the customer.
  if (phone !== undefined && phone !== null && spell(phone) !== own) throw other('phone', 'phone');
  return { ...names, email: needed('email', identity.email), phone: own };
}

const isEmail = (naturalKey: string): boolean => naturalKey.includes('@');

function needed(name: keyof CustomerIdentity, value: string | undefined): string {
  if (value) return value;
  throw refused(`identity.${name}`, `This CRM needs "${name}" on every write and has no read; give it.`);
}

const other = (field: string, name: string) =>
  refused(field, `The customer is known to this CRM by another ${name}; leave it out or write to that customer.`);
