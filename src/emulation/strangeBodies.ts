import { gzipSync } from 'node:zlib';
import { textOf, write, writeText } from './answer.ts';
import type { Play, Scene } from './scene.ts';

const MEBIBYTE = 1024 * 1024;
const PAGE = '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><h1>502</h1></body></html>';
const SPACES = Buffer.alloc(64 * 1024, ' ');
const LEVELS = 2_000_000;
const VALUES = 3_000_000;
const UNPACKED = 64 * MEBIBYTE;

/** Ways to spoil good JSON; the key is the `variant` of `malformed-json`. */
export const MALFORMATIONS: Readonly<Record<string, (json: string) => string>> = {
  'extra-bracket': (json) => `${json}}`,
  twice: (json) => json + json,
  'trailing-comma': (json) => `${json.slice(0, -1)},${json.slice(-1)}`,
  'single-quotes': (json) => json.replaceAll('"', "'"),
  'bare-keys': (json) => json.replaceAll(/"(\w+)":/g, '$1:'),
  'not-a-number': (json) => json.replace(/":[^,}]*/, '":NaN'),
  comment: (json) => `/* as ordered */${json}`,
  'control-character': (json) => json.replace('"', '"\u0001'),
};

let bomb: Buffer | undefined;

/** Answers in good HTTP whose body is not what a client hopes for. */
export const strangeBodies = {
  /** A web page with status 200. */
  html({ outgoing }) {
    writeText(outgoing, 200, PAGE, HTML);
  },
  /** A web page with a failing status, as proxies send; default 502. */
  'html-5xx'({ fault, outgoing }) {
    writeText(outgoing, fault.status ?? 502, PAGE, HTML);
  },
  /** The true answer, labelled as a web page. */
  'wrong-content-type'({ outgoing, perform }) {
    write(outgoing, { ...perform(), headers: HTML });
  },
  /** 200 without a body. */
  empty({ outgoing }) {
    outgoing.writeHead(200).end();
  },
  /** The JSON text `null`. */
  'null-body'({ outgoing }) {
    writeText(outgoing, 200, 'null');
  },
  /** 204. */
  'no-content'({ outgoing }) {
    outgoing.writeHead(204).end();
  },
  /** 304, although nobody asked whether anything was modified. */
  'not-modified'({ outgoing }) {
    outgoing.writeHead(304).end();
  },
  /** JSON that stops halfway, in an answer that is whole. */
  'bad-json'(scene) {
    const text = jsonOf(scene);
    writeText(scene.outgoing, 200, text.slice(0, Math.ceil(text.length / 2)));
  },
  /** The true answer with a mistake in its JSON: see `variant`. */
  'malformed-json'(scene) {
    const spoil = MALFORMATIONS[scene.fault.variant ?? 'extra-bracket'];
    if (spoil === undefined) throw new Error(`there is no malformation "${scene.fault.variant}"`);
    writeText(scene.outgoing, 200, spoil(jsonOf(scene)));
  },
  /** A text with a byte that UTF-8 does not have. */
  'wrong-charset'(scene) {
    const bytes = Buffer.from(jsonOf(scene));
    const place = bytes.indexOf('"') + 1;
    writeText(scene.outgoing, 200, Buffer.concat([bytes.subarray(0, place), Buffer.of(0xff), bytes.subarray(place)]));
  },
  /** Says gzip and is not packed. */
  'encoding-lie'(scene) {
    writeText(scene.outgoing, 200, jsonOf(scene), { 'content-encoding': 'gzip' });
  },
  /** Packed twice, and says so. */
  'encoding-chain'(scene) {
    writeText(scene.outgoing, 200, gzipSync(gzipSync(jsonOf(scene))), { 'content-encoding': 'gzip, gzip' });
  },
  /** The true answer, drawn out to 11 MiB with blanks. */
  'huge-body'(scene) {
    writeText(scene.outgoing, 200, jsonOf(scene).padEnd(11 * MEBIBYTE));
  },
  /** Blanks without an end. */
  'endless-body'({ outgoing }) {
    outgoing.writeHead(200, { 'content-type': 'application/json' });
    const more = () => {
      while (!outgoing.destroyed && outgoing.write(SPACES));
    };
    outgoing.on('drain', more);
    more();
  },
  /** A few kilobytes that unpack to 64 MiB. */
  'gzip-bomb'({ outgoing }) {
    bomb ??= gzipSync(Buffer.alloc(UNPACKED, ' '));
    writeText(outgoing, 200, bomb, { 'content-encoding': 'gzip' });
  },
  /** An array of three million numbers, which is less than 10 MiB. */
  'wide-json'({ outgoing }) {
    writeText(outgoing, 200, `[${'7,'.repeat(VALUES)}7]`);
  },
  /** Two million arrays inside each other. */
  'deep-json'({ outgoing }) {
    writeText(outgoing, 200, '['.repeat(LEVELS) + ']'.repeat(LEVELS));
  },
} satisfies Record<string, Play>;

const HTML = { 'content-type': 'text/html' };

const jsonOf = ({ perform }: Scene): string => textOf({ body: {}, ...perform() });
