import { setImmediate } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Client } from 'undici';
import type { EncodedRequest } from '../../../src/http/encode.ts';
import { createPool, type Pool } from '../../../src/http/http1/pool.ts';
import { type TestClock, testClock } from '../testClock.ts';
import { closing } from '../testVendor.ts';
import { type Answer, goodAnswers, poisonedAnswers } from './answers.ts';
import { cutAt, type ScriptedServer, startScriptedServer } from './scriptedServer.ts';

// HTTP/1.1 as it is read byte by byte. undici, which reads it with the parser of Node itself, is the judge.

let server: ScriptedServer;
let clock: TestClock;
let pool: Pool;
beforeAll(async () => {
  server = await startScriptedServer();
});
beforeEach(() => {
  clock = testClock();
  pool = createPool(server.url, clock);
});
afterEach(() => pool.close());
afterAll(() => server.stop());

interface Heard {
  readonly status: number;
  readonly body: string;
}

const REQUEST = { method: 'GET', path: '/things', headers: '', body: null } as const;

/** One answer as we read it. */
const ask = (request: EncodedRequest = REQUEST): Promise<Heard> =>
  new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let status = 0;
    pool.send(
      request,
      {
        onHead: (head) => {
          status = head.status;
        },
        onData: (bytes) => void pieces.push(Buffer.from(bytes)),
        onEnd: () => resolve({ status, body: Buffer.concat(pieces).toString() }),
        onError: reject,
      },
      false,
    );
  });

const askPlainly = () => ask();

/** The same as undici reads it. */
async function askUndici(): Promise<Heard> {
  const client = new Client(server.url.origin, { allowH2: false });
  try {
    const { statusCode, body } = await client.request({ method: 'GET', path: '/things' });
    return { status: statusCode, body: Buffer.from(await body.arrayBuffer()).toString() };
  } finally {
    await client.destroy();
  }
}

const orNothing = (heard: Promise<Heard>): Promise<Heard | undefined> => heard.catch(() => undefined);
const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 5 });
const byText = ({ status, body }: Heard): string => `${status} ${body}`;
const heardFrom = ({ status, body }: Answer): Heard => ({ status, body });

test('a good answer is read as it was meant, wherever it is cut', async () => {
  await fc.assert(
    fc.asyncProperty(goodAnswers, cuts, async (answer, places) => {
      server.say({ pieces: cutAt(answer.bytes, places), closes: !answer.lasts });
      expect(await ask()).toEqual(heardFrom(answer));
    }),
    { numRuns: 1_000 },
  );
});

test('whatever comes: it is refused, or read as undici reads it', async () => {
  let read = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(poisonedAnswers, cuts, async (bytes, places) => {
      server.say({ pieces: cutAt(bytes, places), closes: true });
      const [ours, theirs] = [await orNothing(ask()), await orNothing(askUndici())];
      if (ours === undefined) refused += 1;
      else {
        read += 1;
        expect(ours).toEqual(theirs);
      }
    }),
    { numRuns: 1_500 },
  );
  expect(read).toBeGreaterThan(150);
  expect(refused).toBeGreaterThan(150);
});

test('answers that come at the same time, piece by piece, do not get into each other', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(goodAnswers, cuts), { minLength: 2, maxLength: 12 }), async (given) => {
      server.say(...given.map(([{ bytes, lasts }, places]) => ({ pieces: cutAt(bytes, places), closes: !lasts })));
      const heard = await Promise.all(given.map(askPlainly));
      expect(heard.map(byText).sort()).toEqual(given.map(([answer]) => byText(heardFrom(answer))).sort());
    }),
    { numRuns: 200 },
  );
});

test('an answer that is cut anywhere but at its end is none', async () => {
  await fc.assert(
    fc.asyncProperty(
      goodAnswers.filter(({ lasts }) => lasts),
      fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
      async ({ bytes }, place) => {
        server.say({ pieces: [bytes.subarray(0, Math.floor(place * bytes.length))], closes: true });
        await expect(ask()).rejects.toThrow();
      },
    ),
    { numRuns: 300 },
  );
});

test('whoever asks next never gets what came behind the answer before', async () => {
  const forged = 'HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nforged';
  await fc.assert(
    fc.asyncProperty(goodAnswers, goodAnswers, cuts, fc.nat(forged.length - 1), async (first, second, places, cut) => {
      const bytes = Buffer.concat([first.bytes, Buffer.from(forged.slice(0, cut + 1))]);
      server.say({ pieces: cutAt(bytes, places), closes: !first.lasts });
      const heard = ask();
      if (first.lasts) expect(await heard).toEqual(heardFrom(first));
      else await heard;
      server.say({ pieces: [second.bytes], closes: !second.lasts });
      expect(await ask()).toEqual(heardFrom(second));
    }),
    { numRuns: 300 },
  );
});

test('what comes before its request was sent is no answer', async () => {
  say('');
  await ask();
  // From here a request is sent one turn of the event loop later, and what is there by then is read before.
  await setImmediate();
  server.sockets.at(-1)?.write('HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nforged');
  await expect(ask()).rejects.toThrow('before its request');
  expect(await ask()).toEqual({ status: 200, body: '{}' });
});

const say = (head: string, body = '{}') =>
  server.say({
    pieces: [Buffer.from(`HTTP/1.1 200 OK\r\n${head}content-length: ${body.length}\r\n\r\n${body}`)],
    closes: false,
  });

/** How many connections these take. */
async function connectionsFor(...requests: (() => unknown)[]): Promise<number> {
  const before = server.sockets.length;
  for (const request of requests) await request();
  return server.sockets.length - before;
}

test.each([
  ['nothing is said of it', '', 3_000, 1],
  ['nothing is said of it, and four seconds have passed', '', 4_000, 2],
  ['it is kept for so long', 'keep-alive: timeout=60, max=9\r\n', 57_000, 1],
  ['it is not kept for so long', 'keep-alive: timeout=60\r\n', 58_000, 2],
  ['it is hardly kept at all', 'keep-alive: timeout=2\r\n', 0, 2],
  ['it is closed', 'Connection: Close\r\n', 0, 2],
  ['it is closed, among other things', 'connection: x-hop\r\nconnection: y, close\r\n', 0, 2],
])('a connection of which %s', async (_, head, pause, connections) => {
  say(head);
  expect(await connectionsFor(askPlainly, () => clock.advance(pause), askPlainly)).toBe(connections);
});

// undici refuses it, although RFC 9110 15.2.1 wants it to be passed over.
test('"go on" is no answer, even where nobody has asked whether to', async () => {
  server.say({
    pieces: [Buffer.from('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nfine')],
    closes: false,
  });
  expect(await ask()).toEqual({ status: 200, body: 'fine' });
});

test('an HTTP/1.0 connection carries one answer', async () => {
  server.say({ pieces: [Buffer.from('HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\n{}')], closes: false });
  expect(await connectionsFor(askPlainly, askPlainly)).toBe(2);
});

test('connections that nobody uses any more are closed', async () => {
  say('');
  await Promise.all([ask(), ask(), ask()]);
  const closed = server.sockets.slice(-3).map(closing);
  clock.advance(6_000);
  await Promise.all(closed);
});

test('a connection that the other side closed meanwhile is not used again', async () => {
  say('');
  await ask();
  const [socket] = server.sockets.slice(-1);
  const closed = closing(socket as (typeof server.sockets)[number]);
  socket?.end();
  await closed;
  expect(await ask()).toEqual({ status: 200, body: '{}' });
});

test('a connection whose answer came before all of the request was taken is not used again', async () => {
  say('');
  const long = 'x'.repeat(20 * 1024 * 1024);
  expect(await connectionsFor(() => ask({ ...REQUEST, method: 'POST', body: long }), askPlainly)).toBe(2);
});

test('a request says what it must and nothing else', async () => {
  say('');
  await ask();
  expect(server.heads.at(-1)).toBe(
    `GET /things HTTP/1.1\r\nhost: ${server.url.host}\r\nconnection: keep-alive\r\n\r\n`,
  );
});
