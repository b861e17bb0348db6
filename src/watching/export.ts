/** The part of `@opentelemetry/sdk-node` that is used; it is not installed with us. */
interface SdkModule {
  readonly NodeSDK: new (settings: {
    readonly instrumentations: readonly never[];
  }) => { start(): void; shutdown(): Promise<void> };
}

type Environment = Readonly<Record<string, string | undefined>>;

export class TracingError extends Error {}

/**
 * Starts the OpenTelemetry SDK where the standard settings name a place for traces; the SDK itself reads all of them. It
 * gets our own spans only: what instruments HTTP clients would put addresses with personal data into traces.
 */
export async function startTracing(environment: Environment): Promise<() => Promise<void>> {
  const { OTEL_SDK_DISABLED, OTEL_TRACES_EXPORTER, OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT } =
    environment;
  const isWanted = OTEL_TRACES_EXPORTER || OTEL_EXPORTER_OTLP_ENDPOINT || OTEL_EXPORTER_OTLP_TRACES_ENDPOINT;
  if (!isWanted || OTEL_TRACES_EXPORTER === 'none' || OTEL_SDK_DISABLED === 'true') return async () => {};
  const sdk = await load('@opentelemetry/sdk-node');
  const running = new sdk.NodeSDK({ instrumentations: [] });
  running.start();
  return () => running.shutdown();
}

async function load(name: string): Promise<SdkModule> {
  try {
    return await import(name);
  } catch {
    throw new TracingError(
      'OTEL_* settings name a place for traces, and the SDK that sends them is not installed; "npm install --no-save @opentelemetry/sdk-node" installs it.',
    );
  }
}
