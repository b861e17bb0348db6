import { afterEach, expect, test } from '@jest/globals';
import { startTracing, TracingError } from '../../src/watching/export.ts';
import { killPrograms, startProgram } from '../lifecycle/program.ts';

afterEach(killPrograms);

test.each([
  ['no setting', {}],
  ['no exporter', { OTEL_TRACES_EXPORTER: 'none', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' }],
  ['the SDK switched off', { OTEL_SDK_DISABLED: 'true', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' }],
])('with %s no SDK is loaded', async (_, environment) => {
  const stop = await startTracing(environment);
  await stop();
});

test('a place for traces without an SDK that sends them ends the start with one sentence', async () => {
  await expect(startTracing({ OTEL_TRACES_EXPORTER: 'otlp' })).rejects.toBeInstanceOf(TracingError);
  const { said, ended } = startProgram({
    PORT: '0',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318/secret-place',
  });
  expect(await ended).toBe(1);
  expect(said.complaints).toMatch(/^OTEL_[^\n]+\.\n$/);
  expect(said.complaints).not.toContain('secret-place');
});
