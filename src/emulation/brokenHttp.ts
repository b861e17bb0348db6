import type { Socket } from 'node:net';
import { textOf, write } from './answer.ts';
import { type Play, type Scene, untilClosed } from './scene.ts';

const PIECE_MS = 10;
const FLOOD_LINES = 64;
const FLOOD_LINE = 'x'.repeat(1_000);
const HINTS = 2_000;

/** Sockets that got their last good answer. */
const stale = new WeakSet<Socket>();

/** Answers that break the rules of HTTP, or keep them in bad faith. */
export const brokenHttp = {
  /** The headers come a line at a time and never end. */
  'slow-headers'({ socket }) {
    socket.write('HTTP/1.1 200 OK\r\n');
    untilClosed(socket, PIECE_MS, () => socket.write('x-more: 1\r\n'));
  },
  /** The body comes in tiny pieces and never ends. */
  'slow-drip'(scene) {
    const { outgoing, socket } = scene;
    const text = textOf(scene.perform());
    let sent = 0;
    outgoing.writeHead(200, { 'content-type': 'application/json' });
    untilClosed(socket, PIECE_MS, () => {
      // The last byte is held back for ever.
      outgoing.write(text.slice(sent, sent + 1).padEnd(1));
      sent = Math.min(sent + 1, text.length - 1);
    });
  },
  /** The `content-length` is larger than the body, and the connection stays open. */
  'huge-length'(scene) {
    const text = textOf(scene.perform());
    scene.socket.write(headOf({ 'content-length': Buffer.byteLength(text) + 1_000_000 }) + text);
  },
  /** The connection is closed in good order, without an answer. */
  'close-before'({ socket }) {
    socket.end();
  },
  /** The connection is closed in the middle of a body whose length was told. */
  'truncate-with-length'(scene) {
    const text = textOf(scene.perform());
    const length = Buffer.byteLength(text);
    scene.socket.end(headOf({ 'content-length': length }) + text.slice(0, text.length / 2));
  },
  /** The answer begins like HTTP and is none. */
  'bad-status-line'({ socket }) {
    socket.end('HTTP/1.1 BAD LINE\r\n\r\n');
  },
  /** Two `content-length` headers that differ: whoever believes one of them reads somebody else's answer. */
  'double-length'(scene) {
    const text = textOf(scene.perform());
    const length = Buffer.byteLength(text);
    scene.socket.write(
      `${headOf({ 'content-length': length }).trimEnd()}\r\ncontent-length: ${length - 1}\r\n\r\n${text}`,
    );
  },
  /** Answers well and says keep-alive, but the connection is gone: the next request on it is lost. */
  'stale-duplicate'(scene) {
    if (stale.has(scene.socket)) {
      scene.socket.resetAndDestroy();
      return;
    }
    stale.add(scene.socket);
    const answer = scene.perform();
    write(scene.outgoing, { ...answer, headers: { ...answer.headers, connection: 'keep-alive' } });
  },
  /** A good answer under 64 kB of headers. */
  'header-flood'(scene) {
    const flood = Object.fromEntries(Array.from({ length: FLOOD_LINES }, (_, line) => [`x-flood-${line}`, FLOOD_LINE]));
    answerWith(scene, flood);
  },
  /** A good answer after thousands of `103 Early Hints`. */
  'early-hints-flood'(scene) {
    scene.socket.write('HTTP/1.1 103 Early Hints\r\nlink: </style.css>; rel=preload\r\n\r\n'.repeat(HINTS));
    write(scene.outgoing, scene.perform());
  },
  /** A good answer that wants to be remembered by a cookie. */
  'set-cookie'(scene) {
    answerWith(scene, { 'set-cookie': 'session=of-somebody-else; Path=/' });
  },
} satisfies Record<string, Play>;

function answerWith(scene: Scene, headers: Readonly<Record<string, string>>): void {
  const answer = scene.perform();
  write(scene.outgoing, { ...answer, headers: { ...answer.headers, ...headers } });
}

function headOf(headers: Readonly<Record<string, number>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return ['HTTP/1.1 200 OK', 'content-type: application/json', ...lines, '', ''].join('\r\n');
}
