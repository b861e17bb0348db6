import { connect, type Socket } from 'node:net';
import { isDeepStrictEqual } from 'node:util';

/** A closed loop: each connection asks again as soon as it was answered. */
export interface LoadOrder {
  readonly port: number;
  readonly connections: number;
  readonly milliseconds: number;
  /** Goes on until so many were asked, too. */
  readonly atLeast?: number;
  /** Asked in turn by all connections together. */
  readonly requests: readonly LoadRequest[];
  /** Place of the first one; 0 unless given. */
  readonly first?: number;
}

export interface LoadRequest {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
  /** The canonical `data` of the answer. */
  readonly data: unknown;
}

export interface LoadReport {
  /** From the first request to the last answer. */
  readonly milliseconds: number;
  /** Of each request, in milliseconds. */
  readonly latencies: readonly number[];
  /** Answers that were not the canonical ones, and the beginning of one. */
  readonly wrong: number;
  readonly example: string | undefined;
  /** Milliseconds of processor time of the load generator's own process. */
  readonly processor: number;
}

const HEAD_END = '\r\n\r\n';
const LONGEST_EXAMPLE = 300;
const LAST_CHUNK = '0\r\n\r\n';
/** Nobody may take longer for one answer. */
const LONGEST_ANSWER_MS = 30_000;

/** Asks until the time is over and everybody was answered, and compares each answer with the canonical one. */
export async function load(order: LoadOrder): Promise<LoadReport> {
  const requests = order.requests.map((request) => ({
    bytes: bytesOf(request, order.port),
    data: request.data,
    dataBytes: Buffer.from(JSON.stringify(request.data)),
  }));
  let wrong = 0;
  let example: string | undefined;
  const latencies: number[] = [];
  const usageBefore = process.cpuUsage();
  const startedAt = performance.now();
  const end = startedAt + order.milliseconds;
  const { atLeast = 0, first = 0 } = order;
  let turn = 0;

  /** One connection's share. */
  async function work(): Promise<void> {
    const connection = await open(order.port);
    try {
      do {
        const number = turn++;
        const request = requests[(first + number) % requests.length];
        if (request === undefined) throw new Error('there is nothing to ask');
        const sentAt = performance.now();
        const answer = await connection.ask(request.bytes);
        latencies.push(performance.now() - sentAt);
        if (isRight(answer, request.data, request.dataBytes)) continue;
        wrong += 1;
        example ??= `${answer.head.slice(0, 12)} ${answer.body.toString('utf8', 0, LONGEST_EXAMPLE)}`;
      } while (performance.now() < end || turn < atLeast);
    } finally {
      connection.close();
    }
  }

  await Promise.all(Array.from({ length: order.connections }, work));
  const { user, system } = process.cpuUsage(usageBefore);
  return {
    milliseconds: performance.now() - startedAt,
    latencies: latencies.map((latency) => Math.round(latency * 1_000) / 1_000),
    wrong,
    example,
    processor: (user + system) / 1e3,
  };
}

function bytesOf({ path, headers = {}, body }: LoadRequest, port: number): Buffer {
  const fields = {
    host: `127.0.0.1:${port}`,
    'content-type': 'application/json',
    accept: 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
}

interface Answer {
  readonly head: string;
  readonly body: Buffer;
}

function isRight({ head, body }: Answer, data: unknown, dataBytes: Buffer): boolean {
  if (!head.startsWith('HTTP/1.1 200') || body.includes('"errors":')) return false;
  // Nearly always the very bytes; what is spelt otherwise may be right all the same.
  return body.includes(dataBytes) || isDeepStrictEqual(bodyOf(head, body).data, data);
}

const bodyOf = (head: string, body: Buffer): { readonly data?: unknown } =>
  JSON.parse(isChunked(head) ? unchunked(body).toString() : body.toString());

const isChunked = (head: string): boolean => /\r\ntransfer-encoding: chunked/i.test(head);

function unchunked(body: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.toString('latin1', at, lineEnd), 16);
    if (!(size > 0)) return Buffer.concat(parts);
    parts.push(body.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}

/** A kept-alive connection with one request at a time: Node's own clients would take more of the machine. */
async function open(port: number) {
  const socket = await new Promise<Socket>((resolve, reject) => {
    const opening = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(opening));
    opening.once('error', reject);
  });
  let waiting: { resolve(answer: Answer): void; reject(error: Error): void } | undefined;
  let chunks: Buffer[] = [];
  let length = 0;
  let head: string | undefined;
  let bodyStart = 0;
  /** Undefined while it comes in chunks. */
  let bodyLength: number | undefined;
  const fail = (error: Error): void => waiting?.reject(error);
  socket.on('error', fail).on('close', () => fail(new Error('the contender closed a connection')));
  socket.setTimeout(LONGEST_ANSWER_MS, () => fail(new Error(`no answer within ${LONGEST_ANSWER_MS} ms`)));
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    length += chunk.length;
    if (head === undefined) {
      const all = Buffer.concat(chunks);
      const end = all.indexOf(HEAD_END);
      if (end < 0) return;
      head = all.toString('latin1', 0, end);
      bodyStart = end + HEAD_END.length;
      const [, given] = /\r\ncontent-length: (\d+)/i.exec(head) ?? [];
      bodyLength = given === undefined ? undefined : Number(given);
    }
    const isWhole =
      bodyLength === undefined ? chunk.subarray(-LAST_CHUNK.length).equals(LAST) : length >= bodyStart + bodyLength;
    if (!isWhole) return;
    const answer = { head, body: Buffer.concat(chunks).subarray(bodyStart) };
    chunks = [];
    length = 0;
    head = undefined;
    waiting?.resolve(answer);
  });
  return {
    ask: (bytes: Buffer): Promise<Answer> =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(bytes);
      }),
    close: () => socket.destroy(),
  };
}

const LAST = Buffer.from(LAST_CHUNK);
