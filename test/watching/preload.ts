import { appendFileSync } from 'node:fs';
import { trace } from '@opentelemetry/api';
import { BasicTracerProvider, type ReadableSpan, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';

// Loaded before the program: listens to its traces as an SDK does, and breaks it on request.

const { TRACE_FILE = '', DEFECT_AT = '', CRASH_WITH = '' } = process.env;

const plain = ({ name, attributes, events, links, status, resource }: ReadableSpan) =>
  JSON.stringify({ name, attributes, events, links, status, resource: resource.attributes });

trace.setGlobalTracerProvider(
  new BasicTracerProvider({
    spanProcessors: [
      new SimpleSpanProcessor({
        export(spans, done) {
          appendFileSync(TRACE_FILE, spans.map((span) => `${plain(span)}\n`).join(''));
          done({ code: 0 });
        },
        shutdown: async () => {},
      }),
    ],
  }),
);

/** A bug of ours, as bugs are: its message tells what it was about. */
const isWellFormed = String.prototype.isWellFormed;
String.prototype.isWellFormed = function (this: string) {
  if (this.includes(DEFECT_AT)) throw new TypeError(`cannot handle ${this}\n    at ${this}`);
  return isWellFormed.call(this);
};

process.on('SIGUSR2', () => {
  void Promise.reject(Object.assign(new Error(CRASH_WITH), { person: CRASH_WITH, cause: new Error(CRASH_WITH) }));
});
