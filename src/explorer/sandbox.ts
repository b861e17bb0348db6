import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import { EXPLORER_PATH } from './routes.ts';

const OFFLINE = 'it appears that you might be offline.';
const PLACE = '#embeddableSandbox';

/**
 * Apollo Sandbox for whoever opens the graph's address in a browser. It comes from Apollo's servers; without them its page
 * says so, and shows the way to the explorer that needs nobody.
 * @param document what the editor holds at first
 */
export function sandbox(document: string): ApolloServerPlugin<BaseContext> {
  const plugin = ApolloServerPluginLandingPageLocalDefault({
    embed: { runTelemetry: false },
    footer: false,
    document: `# More to try, and without a network: ${EXPLORER_PATH}\n\n${document}`,
  });
  return {
    async serverWillStart(service) {
      const listener = (await plugin.serverWillStart?.(service)) ?? {};
      return {
        ...listener,
        async renderLandingPage() {
          const page = await listener.renderLandingPage?.();
          const write = page?.html ?? '';
          return { html: async () => withWayOut(typeof write === 'string' ? write : await write()) };
        },
      };
    },
  };
}

const withWayOut = (html: string): string =>
  html
    .replace(OFFLINE, () => `${OFFLINE} <a href="${EXPLORER_PATH}">This explorer needs no network.</a>`)
    // While the Sandbox is not there, its place lies over the link.
    .replace(PLACE, () => `${PLACE}:empty { pointer-events: none; }\n  ${PLACE}`);
