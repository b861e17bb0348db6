import type { Adapter } from '../crm/adapter.ts';
import { CUSTOMER_FIELDS, type CustomerField } from '../crm/customer.ts';

/** A field's name in the schema. */
export const fieldName = (field: CustomerField): string => (field === 'ownerId' ? 'owner' : field);

/** Fields of `Customer` that can be null for want of a read, by their names in the schema. */
export const SCHEMA_FIELDS: readonly string[] = [...CUSTOMER_FIELDS.map(fieldName), 'phoneE164', 'events'];

/**
 * Fields of `Customer` that hold something once `readable` fields were read, further reads that the adapter offers for
 * a single customer included.
 */
export function filledFields(adapter: Adapter, readable: ReadonlySet<CustomerField>): readonly string[] {
  const filled = new Set([...readable].map(fieldName));
  if (readable.has('phone')) filled.add('phoneE164');
  if (adapter.customerAddresses !== undefined) filled.add('addresses');
  if (adapter.customerEvents !== undefined) filled.add('events');
  // A member of a segment comes without its segments; they are read with the whole customer.
  if (adapter.readableFields.has('segments')) filled.add('segments');
  return SCHEMA_FIELDS.filter((name) => filled.has(name));
}
