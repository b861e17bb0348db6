import type { OnReadOpts, Socket } from 'node:net';
import { buildConnector, errors } from 'undici';
import type { Clock } from '../../crm/clock.ts';

const CONNECT_TIMEOUT_MS = 1_000;

/** Opens one connection; what comes in goes to `onread`. The socket is there at once, and may be written to once `done`. */
export type Connect = (onread: OnReadOpts, done: (error: Error | null) => void) => Socket;

/**
 * Opens a vendor's connections, each within a second, the greetings of TLS included: undici's own limit comes up to half
 * a second late. Certificates are always checked, whatever the environment says.
 */
export function createConnector({ protocol, hostname, host, port }: URL, clock: Clock): Connect {
  const to = { protocol, hostname: hostname.replace(/^\[|\]$/g, ''), host, port };
  /** Of the connection before, so that the next one greets in one step. */
  let session: Buffer | undefined;
  return (onread, done) => {
    const connect = buildConnector({
      timeout: 0,
      rejectUnauthorized: true,
      allowH2: false,
      maxCachedSessions: 0,
      onread,
      ...(session === undefined ? {} : { session }),
    });
    const cancelTimer = clock.after(CONNECT_TIMEOUT_MS, () => {
      socket.destroy(new errors.ConnectTimeoutError('the other side did not answer in time'));
    });
    // undici answers the socket here, which its types do not tell.
    const socket = connect(to, (...[error]) => {
      cancelTimer();
      done(error);
    }) as unknown as Socket;
    socket.on('session', (fresh: Buffer) => {
      session = fresh;
    });
    return socket;
  };
}
