import { fecify } from './fecify/index.ts';
import { heidianer } from './heidianer/index.ts';
import { ladiflow } from './ladiflow/index.ts';
import { mercately } from './mercately/index.ts';
import { salekit } from './salekit/index.ts';
import type { Vendor } from './vendor.ts';

/** Every CRM this product speaks to: one line each, in the order in which lists show them. */
export const vendors: readonly Vendor[] = [salekit, ladiflow, fecify, mercately, heidianer];
