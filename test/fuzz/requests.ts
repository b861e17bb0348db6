import type { GraphQLSchema } from 'graphql';
import type { Choices } from './choices.ts';
import { makeDocument, type Pool } from './documents.ts';
import { spoilBytes, spoilText } from './spoil.ts';
import { NAMES, TEXTS, wildValue } from './wild.ts';

/** One HTTP request to the graph. */
export interface FuzzRequest {
  readonly kind: string;
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: string | Buffer | undefined;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const STRANGE_TYPES = [
  'application/json; charset=utf-8',
  'application/json; charset=latin1',
  'application/graphql',
  'text/plain',
  'multipart/form-data; boundary=x',
  'application/json, text/plain',
  '',
] as const;
const ACCEPTS = [
  'application/json',
  'application/graphql-response+json',
  'multipart/mixed; deferSpec=20220824, application/json',
  'application/*;q=0.5, */*',
  'image/png',
] as const;

const WRONG_SHARE = 0.08;

type Maker = (schema: GraphQLSchema, choices: Choices, pool: Pool) => Omit<FuzzRequest, 'kind'>;

const post = (payload: string | Buffer, headers: Readonly<Record<string, string>> = JSON_TYPE) =>
  ({ method: 'POST', url: '/graphql', headers, payload }) as const;

const right = (schema: GraphQLSchema, choices: Choices, pool: Pool) => makeDocument(schema, choices, pool, 0);
const wrong = (schema: GraphQLSchema, choices: Choices, pool: Pool) =>
  makeDocument(schema, choices, pool, choices.pick([WRONG_SHARE, WRONG_SHARE, 0.3]));
const either: typeof right = (schema, choices, pool) => (choices.chance(0.5) ? wrong : right)(schema, choices, pool);

const MAKERS: readonly (readonly [weight: number, readonly [kind: string, maker: Maker]])[] = [
  [8, ['operations as they should be', (...given) => post(JSON.stringify(right(...given)))]],
  [5, ['operations with mistakes', (...given) => post(JSON.stringify(wrong(...given)))]],
  [
    3,
    [
      'documents with broken text',
      (schema, choices, pool) => {
        const { query, variables } = either(schema, choices, pool);
        return post(JSON.stringify({ query: spoilText(query, choices), variables }));
      },
    ],
  ],
  [
    2,
    [
      'bodies with broken bytes',
      (schema, choices, pool) => {
        const text = JSON.stringify(either(schema, choices, pool));
        return post(choices.chance(0.5) ? spoilBytes(Buffer.from(text), choices) : spoilText(text, choices));
      },
    ],
  ],
  [
    2,
    [
      'bodies of a strange shape',
      (schema, choices, pool) => {
        const made = either(schema, choices, pool);
        const strange = () => (choices.chance(0.5) ? choices.pick(NAMES) : wildValue(choices));
        return post(
          JSON.stringify(
            choices.pick<() => unknown>([
              () => [made, made],
              () => ({ ...made, variables: strange() }),
              () => ({ ...made, operationName: strange() }),
              () => ({ ...made, extensions: choices.chance(0.5) ? { persistedQuery: strange() } : strange() }),
              () => ({ ...made, query: strange() }),
              () => ({ ...made, [choices.pick(NAMES)]: strange() }),
              strange,
            ])(),
          ) ?? '',
        );
      },
    ],
  ],
  [
    1,
    [
      'requests with strange headers',
      (schema, choices, pool) => {
        const type = choices.chance(0.5) ? 'application/json' : choices.pick(STRANGE_TYPES);
        const more = choices.chance(0.3) ? { 'content-encoding': choices.pick(['gzip', 'identity', 'br']) } : {};
        const trace = choices.chance(0.3) ? { traceparent: `00-${'a'.repeat(choices.number(40))}-b-01` } : {};
        const headers = { 'content-type': type, accept: choices.pick(ACCEPTS), ...more, ...trace };
        return post(JSON.stringify(either(schema, choices, pool)), headers);
      },
    ],
  ],
  [
    1,
    [
      'addresses with a query',
      (schema, choices, pool) => {
        const { query, variables } = either(schema, choices, pool);
        const search = new URLSearchParams({
          query: choices.chance(0.3) ? spoilText(query, choices) : query,
          ...(choices.chance(0.7) ? { variables: JSON.stringify(variables) } : {}),
          ...(choices.chance(0.2) ? { [choices.pick(['operationName', 'extensions', 'x'])]: choices.pick(TEXTS) } : {}),
        });
        const text = choices.chance(0.2)
          ? spoilText(String(search), choices).replace(/[^\x21-\x7e]/g, '%')
          : String(search);
        const headers: Record<string, string> = choices.chance(0.8) ? { 'apollo-require-preflight': '1' } : {};
        // Longer ones are refused before they come to us.
        return { method: 'GET', url: `/graphql?${text.slice(0, 12_000)}`, headers, payload: undefined };
      },
    ],
  ],
];

export function makeRequest(schema: GraphQLSchema, choices: Choices, pool: Pool): FuzzRequest {
  const [kind, maker] = choices.weighed(MAKERS);
  return { kind, ...maker(schema, choices, pool) };
}
