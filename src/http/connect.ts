import type { Socket } from 'node:net';
import { buildConnector, errors } from 'undici';
import type { Clock } from '../crm/clock.ts';

const CONNECT_TIMEOUT_MS = 1_000;

/**
 * Opens a vendor's connections, each within a second, the greetings of TLS included: undici's own limit comes up to half
 * a second late. Certificates are always checked, whatever the environment says.
 */
export function createConnector(clock: Clock): buildConnector.connector {
  const connect = buildConnector({ timeout: 0, rejectUnauthorized: true });
  return (options, callback) => {
    const cancelTimer = clock.after(CONNECT_TIMEOUT_MS, () => {
      socket.destroy(new errors.ConnectTimeoutError('the other side did not answer in time'));
    });
    // undici answers the socket here, which its types do not tell.
    const socket = connect(options, (...outcome) => {
      cancelTimer();
      callback(...outcome);
    }) as unknown as Socket;
  };
}
