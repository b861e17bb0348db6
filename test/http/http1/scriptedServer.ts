import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';

/** What comes back for one request, byte for byte. */
export interface Script {
  /** Sent one after the other, with a round of the event loop between them. */
  readonly pieces: readonly Uint8Array[];
  /** Whether the connection is closed behind them. */
  readonly closes: boolean;
}

/** Answers requests, as soon as their head has come, with exactly the bytes of a script: not even HTTP, if it says so. */
export async function startScriptedServer() {
  let scripts: readonly Script[] = [];
  let asked = 0;
  const sockets: Socket[] = [];
  const heads: string[] = [];

  async function answer(socket: Socket): Promise<void> {
    const { pieces, closes } = scripts[Math.min(asked, scripts.length - 1)] ?? { pieces: [], closes: true };
    asked += 1;
    for (const piece of pieces) {
      socket.write(piece);
      await setImmediate();
    }
    if (closes) socket.end();
  }

  const server = createServer({ noDelay: true }, (socket) => {
    sockets.push(socket);
    let head = '';
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      head += bytes.toString('latin1');
      const [whole, body] = head.split('\r\n\r\n');
      if (body === undefined) return;
      heads.push(`${whole}\r\n\r\n`);
      head = '';
      // Whoever sends much may go on for ever: nobody reads it.
      if (body !== '') socket.pause();
      void answer(socket);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    /** All connections that were ever made. */
    sockets: sockets as readonly Socket[],
    /** Each request as it came. */
    heads: heads as readonly string[],
    /** The next requests are answered with these in turn, and all others with the last of them. */
    say(...next: readonly Script[]): void {
      scripts = next;
      asked = 0;
    },
    async stop(): Promise<void> {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

export type ScriptedServer = Awaited<ReturnType<typeof startScriptedServer>>;

/** Cuts bytes at these places, in parts of the whole. */
export function cutAt(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...places.map((place) => Math.floor(place * bytes.length)), bytes.length].sort((a, b) => a - b);
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end)).filter(({ length }) => length > 0);
}
