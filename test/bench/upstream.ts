import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { answerTo, HEIDIANER_TOKEN, MERCATELY_KEY } from './vendorAnswers.ts';

/** Both CRMs behind one address. */
export interface Upstream {
  readonly origin: string;
  /** Requests since the start. */
  calls(): number;
  /** Requests that were answered with anything but 200; none in a sound run. */
  failures(): number;
  close(): Promise<void>;
}

const MOST_KEPT_ANSWERS = 10_000;
const HEAD_END = '\r\n\r\n';
const REASONS = { 200: 'OK', 401: 'Unauthorized', 404: 'Not Found' } as const;

/**
 * Serves the two CRMs on bare sockets: each answer is built once and then sent as it is, so that this is never what the
 * contenders wait for. Reads no bodies: the shapes send none.
 *
 * @param latency milliseconds before each answer
 */
export async function startUpstream(latency = 0): Promise<Upstream> {
  const answers = new Map<string, Buffer>();
  const sockets = new Set<Socket>();
  let calls = 0;
  let failures = 0;

  function answer(head: string): Buffer {
    const path = head.slice(4, head.indexOf(' ', 4));
    const isHeidianer = head.includes(`Bearer ${HEIDIANER_TOKEN}`);
    const isMercately = head.includes(MERCATELY_KEY);
    const key = `${isHeidianer ? 'h' : ''}${isMercately ? 'm' : ''} ${path}`;
    const known = answers.get(key);
    if (known !== undefined) return known;
    const { status, body } = head.startsWith('GET ') ? answerTo(path, isHeidianer, isMercately) : NOT_GET;
    if (status !== 200) failures += 1;
    const text = JSON.stringify(body);
    const bytes = Buffer.from(
      `HTTP/1.1 ${status} ${REASONS[status]}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}${HEAD_END}${text}`,
    );
    if (status === 200 && answers.size < MOST_KEPT_ANSWERS) answers.set(key, bytes);
    return bytes;
  }

  const server = createServer({ noDelay: true }, (socket) => {
    let waiting = '';
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.setEncoding('latin1').on('data', (text: string) => {
      waiting += text;
      for (let end = waiting.indexOf(HEAD_END); end >= 0; end = waiting.indexOf(HEAD_END)) {
        const bytes = answer(waiting.slice(0, end));
        waiting = waiting.slice(end + HEAD_END.length);
        calls += 1;
        if (latency === 0) socket.write(bytes);
        else setTimeout(() => socket.write(bytes), latency);
      }
    });
  });
  server.listen(0, '127.0.0.1', 4_096);
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: () => calls,
    failures: () => failures,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

const NOT_GET = { status: 404, body: { message: 'only GET is served here' } } as const;
