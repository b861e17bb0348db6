import type { Json } from './json.ts';

/**
 * Opaque page positions. A cursor holds a JSON value and is bound to a text (tenant, field and filter): it opens for
 * that text only.
 */
export interface Cursors {
  encode(position: Json, boundTo: string): string;
  /** Undefined for a cursor that was changed, is not ours, or belongs to another tenant, field or filter. */
  decode(cursor: string, boundTo: string): Json | undefined;
}
