import { z } from 'zod';

/** Body of the one call there is, for creating, updating and tagging (contract, Endpoint 1). */
export interface WireAudience {
  readonly full_name: string;
  readonly email: string;
  readonly phone?: string;
  /** Names separated by commas; so is `un_tag` (quirk 5). */
  readonly tag?: string;
  readonly un_tag?: string;
  readonly src?: string;
  readonly cid?: string;
  readonly gender?: 'Nam' | 'Nữ';
  readonly address?: string;
  readonly note?: string;
  readonly custom_field?: Readonly<Record<string, string>>;
  readonly type?: number;
}

/** `false` means success (quirk 1). A loose PHP back end may write it as text or number (question 10). */
export const success = z.object({ error: z.literal([false, 'false', 0]) });
