import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { ZodType } from 'zod';
import { type EmulatedAnswer, write } from './answer.ts';
import { type Fault, type FaultKind, faultFor, playFault } from './faults.ts';
import { pause } from './scene.ts';

/** One request an emulator got and what it answered. */
export interface Exchange {
  readonly operation: string;
  readonly method: string;
  /** Path below the base URL, still encoded, with the query. */
  readonly url: string;
  /** The route it matched, with `{name}` places; undefined for an address the vendor does not have. */
  readonly route: string | undefined;
  readonly pathValues: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
  status: number | undefined;
  answer: unknown;
  /** The fault that was played, if one was. */
  fault: FaultKind | undefined;
}

export type JsonRecord = Readonly<Record<string, unknown>>;

/** Something no correct client of this vendor would send. */
export interface Violation {
  readonly operation: string;
  readonly problem: string;
}

export interface EmulatorOptions {
  /** How many customers to seed; default 500. */
  readonly customers?: number;
  /** 0 picks a free port. */
  readonly port?: number;
}

/** A running stand-in for one vendor, over real HTTP on the loopback interface. */
export interface Emulator {
  /** Where the vendor's contract would have its base URL. */
  readonly baseUrl: string;
  /** Requests since the start or the last `forget`, oldest first; the oldest are dropped beyond 20,000. */
  readonly exchanges: readonly Exchange[];
  readonly violations: readonly Violation[];
  /** Requests neither answered to the end nor given up by the client. */
  readonly underWay: number;
  /** How many requests came in for an operation, or for all. */
  count(operation?: string): number;
  /** Empties the request log; the data stays, and violations stay on record until `reset`. */
  forget(): void;
  /** Ambiguities of the contract, switchable: a name of this vendor's and a value it lists. */
  readonly quirks: Record<string, string | number | boolean>;
  /** Milliseconds before each answer. */
  latency: number;
  /** From now on plays a fault; the answer stops it. */
  fault(fault: Fault): () => void;
  /** Changes a correct request's body before the vendor takes it: drops, cuts or alters what it is to store. */
  distort: ((operation: string, body: unknown) => unknown) | undefined;
  /** What the vendor holds now, by kind of record: what no API shows included. Plain JSON, a copy. */
  records(): Readonly<Record<string, readonly JsonRecord[]>>;
  /** Back to the seeded data, default quirks, no faults, no latency. */
  reset(): void;
  close(): Promise<void>;
}

export interface EmulatedRequest {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

/** One operation of the vendor, and what a correct request looks like. */
export interface EmulatedRoute {
  /** The contract's name of the operation. */
  readonly operation: string;
  readonly method: string;
  /** Below the base URL, for example `/api/crm/customer/{id}/`. */
  readonly path: string;
  /** Strict schemas: what they refuse is recorded as a violation, and answered as `handle` likes. */
  readonly query?: ZodType;
  readonly body?: ZodType;
  handle(request: EmulatedRequest): EmulatedAnswer;
}

export interface EmulatedVendor {
  /** Headers a correct client sends besides those every HTTP client sends; lower case. */
  readonly headers: readonly string[];
  /** Path of the base URL, without a slash at the end. */
  readonly basePath: string;
  readonly routes: readonly EmulatedRoute[];
  /** The vendor's answer to a missing or wrong key; undefined lets the request in. */
  authorize(request: EmulatedRequest, operation: string): EmulatedAnswer | undefined;
  /** The vendor's answer to an address or method it does not have. */
  unknownRoute(method: string, path: string): EmulatedAnswer;
  /** How this vendor says that a request failed with `status`. */
  failure(status: number): EmulatedAnswer;
  /** The same with HTTP 200 outside. */
  failureInside200(status: number): EmulatedAnswer;
  readonly quirks: Readonly<Record<string, string | number | boolean>>;
  /** Puts the seeded data back. */
  reset(): void;
  /** What it holds, by kind of record, for example `customers`; each with the vendor's own names of fields. */
  records(): Readonly<Record<string, readonly JsonRecord[]>>;
}

const EVERY_CLIENT_SENDS = [
  'host',
  'connection',
  'accept',
  'accept-encoding',
  'user-agent',
  'content-type',
  'content-length',
  'transfer-encoding',
];
const LONGEST_LOG = 20_000;
const LONGEST_BODY = 1024 * 1024;

/** Starts a vendor's emulator on 127.0.0.1. `build` gets the live quirks, so that handlers see them change. */
export async function startEmulator(
  build: (quirks: Record<string, string | number | boolean>, baseUrl: () => string) => EmulatedVendor,
  options: EmulatorOptions = {},
): Promise<Emulator> {
  let origin = '';
  const quirks: Record<string, string | number | boolean> = {};
  const vendor = build(quirks, () => origin + vendor.basePath);
  Object.assign(quirks, vendor.quirks);
  const routes = vendor.routes.map((route) => ({ ...route, pattern: patternOf(vendor.basePath + route.path) }));
  const knownHeaders = new Set([...EVERY_CLIENT_SENDS, ...vendor.headers]);

  const exchanges: Exchange[] = [];
  const violations: Violation[] = [];
  const faults: { fault: Fault; played: number }[] = [];
  const sockets = new Set<Socket>();
  let underWay = 0;
  const counts = new Map<string, number>();

  const emulator = {
    get baseUrl() {
      return origin + vendor.basePath;
    },
    exchanges,
    violations,
    get underWay() {
      return underWay;
    },
    quirks,
    latency: 0,
    count: (operation?: string) =>
      operation === undefined ? [...counts.values()].reduce((sum, n) => sum + n, 0) : (counts.get(operation) ?? 0),
    forget() {
      exchanges.length = 0;
      counts.clear();
    },
    fault(fault: Fault) {
      const entry = { fault, played: 0 };
      faults.push(entry);
      return () => {
        const index = faults.indexOf(entry);
        if (index !== -1) faults.splice(index, 1);
      };
    },
    distort: undefined as Emulator['distort'],
    records: () => structuredClone(vendor.records()),
    reset() {
      faults.length = 0;
      emulator.latency = 0;
      emulator.distort = undefined;
      for (const name of Object.keys(quirks)) delete quirks[name];
      Object.assign(quirks, vendor.quirks);
      vendor.reset();
      emulator.forget();
      violations.length = 0;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  } satisfies Emulator;

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const url = incoming.url ?? '/';
    const method = incoming.method ?? 'GET';
    const [path = '', search = ''] = url.split('?', 2);
    const route = routes.find((candidate) => candidate.method === method && candidate.pattern.test(path));
    const operation = route?.operation ?? 'unknown';
    const violate = (problem: string) => {
      if (violations.length < LONGEST_LOG) violations.push({ operation, problem });
    };

    const text = await bodyText(incoming);
    if (text === undefined) return void outgoing.writeHead(413).end();
    const request: EmulatedRequest = {
      path: decodeGroups(route?.pattern.exec(path)?.groups),
      query: Object.fromEntries(new URLSearchParams(search)),
      headers: incoming.headers,
      body: parseBody(text, incoming.headers['content-type'], violate),
    };
    const exchange: Exchange = {
      operation,
      method,
      url: url.slice(vendor.basePath.length),
      route: route?.path,
      pathValues: request.path,
      query: request.query,
      headers: incoming.headers,
      body: request.body,
      status: undefined,
      answer: undefined,
      fault: undefined,
    };
    exchanges.push(exchange);
    if (exchanges.length > LONGEST_LOG) exchanges.shift();
    counts.set(operation, (counts.get(operation) ?? 0) + 1);

    for (const header of Object.keys(incoming.headers)) {
      if (!knownHeaders.has(header)) violate(`unknown header "${header}"`);
    }
    if (route === undefined) violate(`the vendor has no ${method} ${path}`);
    else {
      check(route.query, request.query, 'query', violate);
      if (route.query === undefined && search !== '') violate(`${route.path} takes no query`);
      check(route.body, request.body, 'body', violate);
      if (route.body === undefined && text !== '') violate(`${route.path} takes no body`);
    }

    if (emulator.latency > 0) await pause(incoming.socket, emulator.latency);
    const perform = (given = request): EmulatedAnswer => {
      if (route === undefined) return vendor.unknownRoute(method, path);
      const taken =
        emulator.distort === undefined ? given : { ...given, body: emulator.distort(operation, given.body) };
      return vendor.authorize(taken, operation) ?? route.handle(taken);
    };
    const fault = faultFor(faults, operation);
    if (fault !== undefined) {
      exchange.fault = fault.kind;
      await playFault(fault, { vendor, request, address: origin + url, perform, outgoing, socket: incoming.socket });
      return;
    }
    const reply = perform();
    exchange.status = reply.status;
    exchange.answer = reply.body;
    write(outgoing, reply);
  }

  const server = createServer((incoming, outgoing) => {
    underWay += 1;
    outgoing.once('close', () => {
      underWay -= 1;
    });
    answer(incoming, outgoing).catch((error: unknown) => {
      violations.push({ operation: 'unknown', problem: `the emulator itself failed: ${String(error)}` });
      if (!outgoing.headersSent) outgoing.writeHead(500);
      outgoing.end();
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return emulator;
}

function patternOf(path: string): RegExp {
  const escaped = path.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
}

function decodeGroups(groups: Record<string, string> = {}): Record<string, string> {
  const decoded: Record<string, string> = {};
  for (const [name, value] of Object.entries(groups)) decoded[name] = decodeURIComponent(value);
  return decoded;
}

async function bodyText(incoming: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LONGEST_BODY) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseBody(text: string, contentType: string | undefined, violate: (problem: string) => void): unknown {
  if (text === '') return undefined;
  if (contentType?.startsWith('application/x-www-form-urlencoded'))
    return Object.fromEntries(new URLSearchParams(text));
  if (contentType !== 'application/json') violate(`content type ${contentType ?? 'missing'}`);
  try {
    return JSON.parse(text);
  } catch {
    violate('the body is no JSON');
    return undefined;
  }
}

function check(schema: ZodType | undefined, value: unknown, place: string, violate: (problem: string) => void): void {
  const parsed = schema?.safeParse(value);
  if (parsed === undefined || parsed.success) return;
  for (const issue of parsed.error.issues) violate(`${place} ${issue.path.join('.')}: ${issue.message}`);
}
