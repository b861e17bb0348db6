/** What we want to know of an answer before its body comes (RFC 9112). */
export interface Head {
  readonly status: number;
  /** Its length in bytes, or how else it comes: in chunks, or until the connection is closed. */
  readonly body: number | 'chunks' | 'until close';
  /** Whether the connection may carry another request. */
  readonly isLasting: boolean;
  /** Seconds for which the other side says it keeps an idle connection. */
  readonly keepAlive: number | undefined;
  /** Lower case; undefined where nothing is said. */
  readonly encoding: string | undefined;
  readonly retryAfter: string | undefined;
}

/** The other side does not speak HTTP/1.1 as it is written down, or not as we read it. */
export class NoHttpError extends Error {}

const STATUS_LINE = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: [\t\x20-\x7e\x80-\xff]*)?\r\n/;
/** One field; a value that is continued on the next line is none. */
const FIELD = /([\w!#$%&'*+.^`|~-]+):([\t\x20-\x7e\x80-\xff]*)\r\n/y;

/** Whether a line, without its end, is a header. */
export function isField(line: string): boolean {
  FIELD.lastIndex = 0;
  return FIELD.test(`${line}\r\n`);
}

/**
 * Reads the lines before a body, the empty one left out. Where two readers could differ about where the body ends, the
 * answer is refused: the rest of it would be taken for somebody else's.
 * @param text one character for each byte
 */
export function readHead(text: string): Head {
  const line = STATUS_LINE.exec(text);
  if (line === null) throw new NoHttpError('the answer does not begin as HTTP/1.1 does');
  const status = Number(line[2]);
  let length: string | undefined;
  let transfer: string | undefined;
  let connection = '';
  let keepAlive: number | undefined;
  let encoding: string | undefined;
  let retryAfter: string | undefined;
  FIELD.lastIndex = line[0].length;
  while (FIELD.lastIndex < text.length) {
    const field = FIELD.exec(text);
    if (field === null) throw new NoHttpError('the answer has a header that is none');
    const value = field[2]?.trim() ?? '';
    switch (field[1]?.toLowerCase()) {
      case 'content-length':
        if (!/^\d{1,15}$/.test(value) || length !== undefined) throw new NoHttpError('the answer has no clear length');
        length = value;
        break;
      case 'transfer-encoding':
        transfer = transfer === undefined ? value : `${transfer}, ${value}`;
        break;
      case 'connection':
        connection += `,${value}`;
        break;
      case 'keep-alive':
        keepAlive = secondsIn(value);
        break;
      case 'content-encoding':
        encoding = encoding === undefined ? value.toLowerCase() : `${encoding}, ${value}`;
        break;
      case 'retry-after':
        // Said twice is not said.
        retryAfter = retryAfter === undefined ? value : '';
    }
  }
  if (transfer !== undefined && (length !== undefined || !/^chunked$/i.test(transfer)))
    throw new NoHttpError('the answer has no clear end');
  if (status === 101) throw new NoHttpError('the answer changes to something else than HTTP');
  const body = bodyOf(status, transfer, length);
  const isLasting = body !== 'until close' && line[1] === '1' && !/(^|,)[\t ]*close[\t ]*(,|$)/i.test(connection);
  return { status, body, isLasting, keepAlive, encoding, retryAfter };
}

function bodyOf(status: number, transfer: string | undefined, length: string | undefined): Head['body'] {
  if (status < 200 || status === 204 || status === 304) return 0;
  if (transfer !== undefined) return 'chunks';
  return length === undefined ? 'until close' : Number(length);
}

function secondsIn(keepAlive: string): number | undefined {
  const seconds = /(?:^|,)\s*timeout=(\d{1,9})/i.exec(keepAlive)?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}
