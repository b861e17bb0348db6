import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { EmulatedAnswer } from './answer.ts';
import type { EmulatedRequest, EmulatedVendor } from './emulator.ts';

/** What can be chosen about a fault besides its kind. */
export interface FaultOptions {
  /** Only for this operation of the contract; all without it. */
  readonly operation?: string;
  /** For the kinds that fail with a status; default 500, or what the kind stands for. */
  readonly status?: number;
  /** Sent along by the kinds that fail with a status. */
  readonly headers?: Readonly<Record<string, string>>;
  /** For `altered`. */
  readonly alter?: (body: unknown) => unknown;
  /** For `rewritten`; the true answer without it. */
  readonly rewrite?: (answer: WireAnswer) => WireAnswer;
  /** For `malformed-json`: which of `MALFORMATIONS`. */
  readonly variant?: string;
  /** For `latency`; default 1,000. */
  readonly milliseconds?: number;
  /** For `latency`: late is when this is fulfilled. */
  readonly until?: Promise<void>;
  /** Stops after so many times; without it, it stays until it is switched off. */
  readonly times?: number;
  /** Asked for each request: plays only where it answers true. For faults at random. */
  readonly when?: () => boolean;
}

/** An answer as it travels. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

/** Where a fault is played: one request, and everything it takes to answer it badly. */
export interface Scene {
  readonly fault: FaultOptions;
  readonly vendor: EmulatedVendor;
  readonly request: EmulatedRequest;
  /** Where the request was sent to, absolute. */
  readonly address: string;
  /** Carries the request out, or another one in its place. */
  perform(request?: EmulatedRequest): EmulatedAnswer;
  readonly outgoing: ServerResponse;
  readonly socket: Socket;
}

export type Play = (scene: Scene) => void | Promise<void>;

/** Does something again and again until the socket is closed, by whichever side. */
export function untilClosed(socket: Socket, milliseconds: number, task: () => void): void {
  if (socket.destroyed) return;
  const timer = setInterval(task, milliseconds);
  socket.once('close', () => clearInterval(timer));
}

/** Waits, at most until the socket is closed. */
export function pause(socket: Socket, milliseconds: number): Promise<void> {
  if (socket.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    function done() {
      clearTimeout(timer);
      socket.off('close', done);
      resolve();
    }
    socket.once('close', done);
  });
}
