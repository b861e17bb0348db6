import { getStitchedSchemaFromSupergraphSdl } from '@graphql-tools/federation';
import { composeServices } from '@theguild/federation-composition';
import { execute, parse, validate } from 'graphql';
import type { Answer } from '../support/graph.ts';
import type { Subgraph } from './subgraph.ts';
import type { Supergraph } from './supergraph.ts';

/** What answers operations over all subgraphs. */
export interface Gateway {
  readonly name: string;
  ask(query: string, variables: Readonly<Record<string, unknown>>, authorization: string | undefined): Promise<Answer>;
  stop(): Promise<void>;
}

/** The supergraph by the open-source composition; throws with its reasons if the subgraphs do not fit together. */
export function compose(subgraphs: readonly Subgraph[]): string {
  const { errors, supergraphSdl } = composeServices(
    subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })),
  );
  if (supergraphSdl === undefined) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

/** The open-source gateway library in this process. It speaks HTTP to the subgraphs, as every gateway does. */
export function openInProcess({
  subgraphs,
  routerCredential,
}: Pick<Supergraph, 'subgraphs' | 'routerCredential'>): Gateway {
  const schema = getStitchedSchemaFromSupergraphSdl({
    supergraphSdl: compose(subgraphs),
    batch: true,
    httpExecutorOpts: {
      headers: (request) => {
        const authorization = (request?.context as { authorization?: string } | undefined)?.authorization;
        return {
          ...(routerCredential === '' ? {} : { 'router-authorization': routerCredential }),
          ...(authorization === undefined ? {} : { authorization }),
        };
      },
    },
  });
  return {
    name: 'in process',
    async ask(query, variables, authorization) {
      const document = parse(query);
      const errors = validate(schema, document);
      if (errors.length > 0) return JSON.parse(JSON.stringify({ errors })) as Answer;
      const result = await execute({ schema, document, variableValues: variables, contextValue: { authorization } });
      return JSON.parse(JSON.stringify(result)) as Answer;
    },
    stop: async () => {},
  };
}
