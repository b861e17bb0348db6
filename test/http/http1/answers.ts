import fc from 'fast-check';

/** An answer as bytes, and what it says if it is good HTTP. */
export interface Answer {
  readonly bytes: Buffer;
  readonly status: number;
  readonly body: string;
}

const bodies = fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => Buffer.from(text));
const statuses = fc.constantFrom(200, 201, 299, 301, 404, 429, 500, 503);
const reasons = fc.constantFrom(' OK', ' ', '', ' Not Very \x80 Good');
const otherHeaders = fc.constantFrom(
  'date: Sun, 22 Nov 2026 10:00:00 GMT',
  'X-Empty:',
  'x-tight:value',
  'x-blanks: \t value \t ',
  'x-high: caf\xe9',
  "x!#$%&'*+-.^_`|~: odd name",
  'set-cookie: a=b',
  'set-cookie: c=d',
);
const interim = fc.constantFrom(
  '',
  '',
  'HTTP/1.1 102 Processing\r\n\r\n',
  'HTTP/1.1 103 Early Hints\r\nlink: </>\r\n\r\n',
);

function chunked(body: Buffer, cuts: readonly number[], extension: string, trailer: string): Buffer {
  const ends = [...new Set([...cuts.map((cut) => Math.floor(cut * body.length)), body.length])].sort((a, b) => a - b);
  const chunks = ends
    .map((end, index) => body.subarray(ends[index - 1] ?? 0, end))
    .filter(({ length }) => length > 0)
    .map((chunk) =>
      Buffer.concat([Buffer.from(`${chunk.length.toString(16)}${extension}\r\n`), chunk, Buffer.from('\r\n')]),
    );
  return Buffer.concat([...chunks, Buffer.from(`0\r\n${trailer}\r\n`)]);
}

const framed = fc
  .record({
    body: bodies,
    kind: fc.constantFrom('length', 'chunks', 'close'),
    cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 }),
    extension: fc.constantFrom('', ';name=value', ';quoted="x; y"'),
    trailer: fc.constantFrom('', 'x-sum: 7\r\n'),
  })
  .map(({ body, kind, cuts, extension, trailer }) => {
    if (kind === 'length') return { body, header: `Content-Length: ${body.length}`, bytes: body, lasts: true };
    if (kind === 'close') return { body, header: 'connection: close', bytes: body, lasts: false };
    return { body, header: 'transfer-encoding: Chunked', bytes: chunked(body, cuts, extension, trailer), lasts: true };
  });

/** Answers that RFC 9112 allows; `lasts`: the connection may go on behind it. */
export const goodAnswers: fc.Arbitrary<Answer & { readonly lasts: boolean }> = fc
  .record({ framed, status: statuses, reason: reasons, headers: fc.array(otherHeaders, { maxLength: 4 }), interim })
  .map(({ framed: { body, header, bytes, lasts }, status, reason, headers, interim }) => {
    const lines = [...headers.slice(0, 2), header, ...headers.slice(2)].map((line) => `${line}\r\n`).join('');
    const head = Buffer.from(`${interim}HTTP/1.1 ${status}${reason}\r\n${lines}\r\n`, 'latin1');
    return { bytes: Buffer.concat([head, bytes]), status, body: body.toString(), lasts };
  });

/** What is slipped into good answers, or put in place of a part of them. */
const POISON = [
  '\r\n',
  '\n',
  '\r',
  '\0',
  ' ',
  ':',
  '0',
  '-1',
  '+1',
  '1e1',
  '0x1',
  ',',
  ';',
  'g',
  'ffffffffffffffff',
  'Content-Length: 1\r\n',
  'Content-Length: 0\r\n',
  'content-length: 1, 1\r\n',
  'content-length: \r\n',
  'content-length : 1\r\n',
  'transfer-encoding: chunked\r\n',
  'transfer-encoding: identity\r\n',
  'transfer-encoding: gzip, chunked\r\n',
  'transfer-encoding: chunked, chunked\r\n',
  'transfer-encoding: xchunked\r\n',
  'connection: upgrade\r\nupgrade: h2c\r\n',
  'x: folded\r\n line\r\n',
  ' folded: first\r\n',
  'HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nforged',
  'HTTP/1.1 101 Switching\r\n\r\n',
  'HTTP/1.0 200 OK\r\n\r\n',
  'HTTP/2.0 200 OK\r\n\r\n',
  'HTTP/1.1 99 No\r\n\r\n',
  'HTTP/1.1 204 No Content\r\n\r\n',
  'x'.repeat(17 * 1024),
].map((text) => Buffer.from(text, 'latin1'));

/** Answers with something wrong in them, most of the time. */
export const poisonedAnswers: fc.Arbitrary<Buffer> = fc
  .record({
    answer: goodAnswers,
    poison: fc.constantFrom(...POISON),
    place: fc.double({ min: 0, max: 1, noNaN: true }),
    atLine: fc.boolean(),
    replaced: fc.constantFrom(0, 0, 1, 2, 8),
  })
  .map(({ answer: { bytes }, poison, place, atLine, replaced }) => {
    const somewhere = Math.floor(place * bytes.length);
    const line = bytes.indexOf('\r\n', somewhere);
    const at = atLine && line !== -1 ? line + 2 : somewhere;
    return Buffer.concat([bytes.subarray(0, at), poison, bytes.subarray(at + replaced)]);
  });
