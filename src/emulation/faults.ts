import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type EmulatedAnswer, write } from './answer.ts';
import type { EmulatedVendor } from './emulator.ts';

/**
 * Ways in which a vendor can fail on demand:
 * `status`: fails with an HTTP status, in the vendor's own words;
 * `failing-body`: says so inside HTTP 200;
 * `reset-before` / `reset-after`: the connection breaks before or after the request was carried out;
 * `hang-before` / `hang-after`: no answer ever comes, and the request was not or was carried out;
 * `altered`: answers, but not what it should: `alter` changes the body;
 * `html`: a web page with status 200; `bad-json`: JSON that stops halfway; `empty`: 200 without a body.
 */
export type FaultKind =
  | 'status'
  | 'failing-body'
  | 'reset-before'
  | 'reset-after'
  | 'hang-before'
  | 'hang-after'
  | 'altered'
  | 'html'
  | 'bad-json'
  | 'empty';

export interface Fault {
  readonly kind: FaultKind;
  /** Only for this operation of the contract; all without it. */
  readonly operation?: string;
  /** For `status` and `failing-body`; default 500. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** For `altered`. */
  readonly alter?: (body: unknown) => unknown;
  /** Stops after so many times; without it, it stays until it is switched off. */
  readonly times?: number;
}

/** The fault to play for this request, if one is switched on and not used up. */
export function faultFor(faults: { fault: Fault; played: number }[], operation: string): Fault | undefined {
  const entry = faults.find(
    ({ fault, played }) =>
      (fault.operation === undefined || fault.operation === operation) && played < (fault.times ?? Infinity),
  );
  if (entry === undefined) return undefined;
  entry.played += 1;
  return entry.fault;
}

interface Scene {
  readonly vendor: EmulatedVendor;
  /** Carries the request out. */
  perform(): EmulatedAnswer;
  readonly outgoing: ServerResponse;
  readonly socket: Socket;
}

const PAGE = '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><h1>502</h1></body></html>';

export async function playFault(fault: Fault, { vendor, perform, outgoing, socket }: Scene): Promise<void> {
  switch (fault.kind) {
    case 'status': {
      const answer = vendor.failure(fault.status ?? 500);
      write(outgoing, { ...answer, status: fault.status ?? 500, headers: { ...answer.headers, ...fault.headers } });
      return;
    }
    case 'failing-body':
      write(outgoing, vendor.failureInside200(fault.status ?? 500));
      return;
    case 'reset-before':
      socket.resetAndDestroy();
      return;
    case 'reset-after':
      perform();
      socket.resetAndDestroy();
      return;
    case 'hang-before':
      return;
    case 'hang-after':
      perform();
      return;
    case 'altered': {
      const answer = perform();
      write(outgoing, { ...answer, body: fault.alter?.(answer.body) ?? null });
      return;
    }
    case 'html':
      outgoing.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
      return;
    case 'bad-json': {
      const text = JSON.stringify(perform().body ?? {});
      outgoing.writeHead(200, { 'content-type': 'application/json' }).end(text.slice(0, Math.ceil(text.length / 2)));
      return;
    }
    case 'empty':
      outgoing.writeHead(200).end();
      return;
  }
}
