import { heidianer } from './heidianer/index.ts';
import type { Vendor } from './vendor.ts';

/** Every CRM this product speaks to: one line each, in the order in which lists show them. */
export const vendors: readonly Vendor[] = [heidianer];
