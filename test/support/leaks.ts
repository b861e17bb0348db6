import type { FastifyInstance } from 'fastify';
import { createLog } from '../../src/watching/log.ts';
import { METRICS_PATH } from '../../src/watching/metricsServer.ts';
import { plantedIn, SECRETS } from './planted.ts';
import { listeningTracer } from './spans.ts';

/**
 * Reads all that a graph puts out for those who run it, and every error it answers, and notes where a planted value
 * shows: nobody's data and no key belongs there, whatever a test asks.
 */
export function watchForLeaks() {
  const found = new Set<string>();
  const look = (place: string, text: string): void => {
    for (const name of plantedIn(text)) found.add(`${name} in ${place}`);
  };
  const lookAtPayload = (payload: unknown): void => {
    if (typeof payload !== 'string' || !payload.includes('"errors":[')) return;
    const { errors } = JSON.parse(payload) as { errors?: unknown };
    look('an error answer', JSON.stringify(errors ?? null));
  };
  const lookAtLine = (line: string) => look('a log line', line);
  const log = createLog('debug', lookAtLine, lookAtLine);
  return {
    log,
    tracer: listeningTracer((text) => look('a span', text)),

    /** From before it listens. */
    async readAnswersOf(server: FastifyInstance): Promise<void> {
      server.addHook('onSend', async (_request, reply, payload) => {
        look('a header', JSON.stringify(reply.getHeaders()));
        lookAtPayload(payload);
      });
      // What is answered in front of fastify passes no hook.
      server.server.prependListener('request', (_request, response) => {
        const { writeHead, end } = response;
        Object.assign(response, {
          writeHead(...given: unknown[]) {
            look('a header', JSON.stringify(given));
            return Reflect.apply(writeHead, response, given);
          },
          end(...given: unknown[]) {
            lookAtPayload(given[0]);
            return Reflect.apply(end, response, given);
          },
        });
      });
    },

    /** At its end. */
    async readMetricsOf(server: FastifyInstance): Promise<void> {
      const headers = { authorization: `Bearer ${SECRETS.metrics}` };
      look('the metrics', (await server.inject({ url: METRICS_PATH, headers })).payload);
    },

    /** Fails if anything was found. */
    check(): void {
      if (found.size > 0) throw new Error(`values that belong to nobody here: ${[...found].join('; ')}`);
    },
  };
}
