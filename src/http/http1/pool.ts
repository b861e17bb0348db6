import type { Clock } from '../../crm/clock.ts';
import type { EncodedRequest } from '../encode.ts';
import { Line } from '../line.ts';
import { createConnector } from './connect.ts';
import { Connection, type Receiver } from './connection.ts';

/** How often those are closed that nobody used for a while. */
const SWEEP_MS = 1_000;

/**
 * The connections to one vendor, as many as are needed at once: whoever asks bounds that. The one used last is used next,
 * so that those too many grow old and are closed.
 */
export interface Pool {
  /**
   * @param isFresh on a connection of its own: others may have died together with the one that was lost
   * @returns on what it goes; undefined once the pool is closed
   */
  send(request: EncodedRequest, receiver: Receiver, isFresh: boolean): Connection | undefined;
  /** Closes all connections; whoever waits for an answer is told. */
  close(): void;
}

export function createPool(url: URL, clock: Clock): Pool {
  const connect = createConnector(url, clock);
  const open = new Line<Connection>();
  const idle: Idle[] = [];
  let cancelSweep: (() => void) | undefined;
  let isClosed = false;

  const keep = (connection: Connection, milliseconds: number): void => {
    idle.push({ connection, until: clock.now() + milliseconds });
    cancelSweep ??= clock.after(SWEEP_MS, sweep);
  };
  const destroy = (connection: Connection): void => connection.destroy();

  function sweep(): void {
    for (const given of idle.splice(0)) {
      if (isGood(given)) idle.push(given);
      else given.connection.destroy();
    }
    cancelSweep = idle.length > 0 ? clock.after(SWEEP_MS, sweep) : undefined;
  }

  const isGood = ({ connection, until }: Idle): boolean => connection.isFree && until > clock.now();

  function take(): Connection | undefined {
    for (let given = idle.pop(); given !== undefined; given = idle.pop()) {
      if (isGood(given)) return given.connection;
      given.connection.destroy();
    }
    return undefined;
  }

  function make(onIdle: typeof keep): Connection {
    const connection = new Connection(connect, url.host, { onIdle, onClosed: () => void open.remove(spot) });
    const spot = open.add(connection);
    return connection;
  }

  return {
    send(request, receiver, isFresh) {
      if (isClosed) {
        receiver.onError(new Error('the account was closed'), false);
        return undefined;
      }
      const connection = isFresh ? make(destroy) : (take() ?? make(keep));
      connection.send(request, receiver);
      return connection;
    },
    close() {
      isClosed = true;
      cancelSweep?.();
      for (const { item } of [...open]) item.abort();
    },
  };
}

/** @property until milliseconds since the epoch */
interface Idle {
  readonly connection: Connection;
  readonly until: number;
}
