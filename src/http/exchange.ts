import type { Dispatcher } from 'undici';
import { ExcessiveBody, type Intake, readBody, UnreadableBody } from './body.ts';
import { retryAfterSeconds } from './retryAfter.ts';

/** One answer of the other side, whatever it says. */
export interface RawAnswer {
  readonly status: number;
  /** Seconds, from the header of that name. */
  readonly retryAfter: number | undefined;
  /** Undefined where the body could not be read as text: see `unreadable`. */
  readonly text: string | undefined;
  readonly unreadable: unknown;
}

const LARGEST_ANSWER_BYTES = 10 * 1024 * 1024;

/**
 * One HTTP request, there and back; the body goes through `intake`. Throws what the socket threw when no status came
 * back, or when a good status came with a body that broke off or is no text. A bad status is a verdict even if its body
 * is unreadable, and a good one may be even if we cut its body off.
 */
export async function exchange(
  dispatcher: Dispatcher,
  request: { method: string; path: string; headers: Record<string, string>; body: string | null },
  signal: AbortSignal,
  now: () => number,
  intake: Intake,
): Promise<RawAnswer> {
  const { statusCode: status, headers, body } = await dispatcher.request({ ...request, signal });
  const retryAfter = retryAfterSeconds(headers['retry-after'], now());
  try {
    const text = await readBody({ headers, body }, LARGEST_ANSWER_BYTES, intake);
    return { status, retryAfter, text, unreadable: undefined };
  } catch (error) {
    const good = status >= 200 && status < 300;
    const isCut = error instanceof ExcessiveBody;
    if (signal.aborted || (good && error instanceof UnreadableBody && !isCut)) throw error;
    if (good && !isCut) throw new Error('the answer broke off', { cause: error });
    return { status, retryAfter, text: undefined, unreadable: error };
  }
}
