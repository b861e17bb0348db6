import { textOf, write, writeText } from './answer.ts';
import { brokenHttp } from './brokenHttp.ts';
import { drift } from './drift.ts';
import { type FaultOptions, type Play, pause, type Scene } from './scene.ts';
import { strangeBodies } from './strangeBodies.ts';
import { strangeLists } from './strangeLists.ts';

/** The vendor itself refuses, is slow or breaks down. */
const troubles = {
  /** Fails with an HTTP status, in the vendor's own words. With `retry-after` in `headers` this is also a throttle. */
  status({ fault, outgoing, vendor }) {
    const status = fault.status ?? 500;
    const answer = vendor.failure(status);
    write(outgoing, { ...answer, status, headers: { ...answer.headers, ...fault.headers } });
  },
  /** Says that it failed inside HTTP 200. */
  'failing-body'({ fault, outgoing, vendor }) {
    write(outgoing, vendor.failureInside200(fault.status ?? 500));
  },
  /** 401 whose text repeats the key that was sent. */
  'echoed-key'({ outgoing, request, vendor }) {
    const keys = vendor.headers.map((name) => String(request.headers[name])).join(' ');
    const { body } = vendor.failure(401);
    const said = JSON.stringify(body, (_, value) => (typeof value === 'string' ? `${value} You sent ${keys}` : value));
    writeText(outgoing, 401, said, { 'x-your-key': keys });
  },
  /** The connection breaks before the request is carried out. */
  'reset-before'({ socket }) {
    socket.resetAndDestroy();
  },
  /** The connection breaks after the request was carried out. */
  'reset-after'({ perform, socket }) {
    perform();
    socket.resetAndDestroy();
  },
  /** No answer ever comes, and the request is not carried out. */
  'hang-before'() {},
  /** No answer ever comes, but the request was carried out. */
  'hang-after'({ perform }) {
    perform();
  },
  /** Answers well, but late: see `milliseconds` and `until`. */
  async latency({ fault, outgoing, perform, socket }) {
    await (fault.until ?? pause(socket, fault.milliseconds ?? 1_000));
    if (!socket.destroyed) write(outgoing, perform());
  },
  /** Answers, but not what it should: `alter` changes the body. */
  altered({ fault, outgoing, perform }) {
    const answer = perform();
    write(outgoing, { ...answer, body: fault.alter?.(answer.body) ?? null });
  },
  /** Answers, but not as it should: `rewrite` changes status, headers and bytes. */
  rewritten({ fault, outgoing, perform }) {
    const answer = perform();
    const bytes = Buffer.from(textOf(answer));
    const sent = { status: answer.status, headers: { ...answer.headers }, bytes };
    const { status, headers, bytes: text } = fault.rewrite?.(sent) ?? sent;
    writeText(outgoing, status, text, headers);
  },
  /** Sends to another place: `status` (default 302) and `location` in `headers`. */
  redirect({ fault, outgoing }) {
    outgoing.writeHead(fault.status ?? 302, fault.headers).end();
  },
  /** Sends to the very same place, for ever. */
  'redirect-loop'({ address, outgoing }) {
    outgoing.writeHead(307, { location: address }).end();
  },
  /** Sends to a place that is no web address. */
  'redirect-scheme'({ outgoing }) {
    outgoing.writeHead(302, { location: 'file:///etc/passwd' }).end();
  },
} satisfies Record<string, Play>;

/** Ways in which a vendor can fail on demand; what each does is said where it is written. */
const FAULTS = { ...troubles, ...brokenHttp, ...strangeBodies, ...drift, ...strangeLists } satisfies Record<
  string,
  Play
>;

export type FaultKind = keyof typeof FAULTS;
export const FAULT_KINDS = Object.keys(FAULTS) as readonly FaultKind[];

export interface Fault extends FaultOptions {
  readonly kind: FaultKind;
}

/** The fault to play for this request, if one is switched on and not used up. */
export function faultFor(faults: { fault: Fault; played: number }[], operation: string): Fault | undefined {
  const entry = faults.find(
    ({ fault, played }) =>
      (fault.operation === undefined || fault.operation === operation) &&
      played < (fault.times ?? Infinity) &&
      (fault.when === undefined || fault.when()),
  );
  if (entry === undefined) return undefined;
  entry.played += 1;
  return entry.fault;
}

export async function playFault(fault: Fault, scene: Omit<Scene, 'fault'>): Promise<void> {
  await FAULTS[fault.kind]({ ...scene, fault });
}
