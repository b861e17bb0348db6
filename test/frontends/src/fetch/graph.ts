import { UNREACHABLE } from '../shared/sources.ts';
import type { TypedDocumentString } from './gql/graphql.ts';

export interface Answer<Result> {
  /** Null where the operation as a whole was refused. Fields that could not be read are null in it. */
  readonly data: Result | null;
  /** What could not be read or was refused, each with its place. */
  readonly errors: readonly { readonly message: string; readonly path?: readonly (string | number)[] }[];
}

/** No answer of the graph's came; the message is for people. */
export class Unreachable extends Error {}

/** Asks the graph; the types of variables and answer are those of the document. */
export async function ask<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Promise<Answer<Result>> {
  // With a safelist the digest is enough: the graph has the document.
  const operation = SEND_IDS
    ? { extensions: { persistedQuery: { version: 1, sha256Hash: document.__meta__?.hash } } }
    : { query: document.toString() };
  try {
    const response = await fetch(GRAPH_URL, {
      method: 'POST',
      // Where callers are known by tokens (AUTH_MODE=jwt), `authorization` goes here.
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...operation, variables }),
    });
    // Refusals have a body of this shape too, whatever their status.
    const { data = null, errors = [] } = (await response.json()) as Partial<Answer<Result>>;
    return { data, errors };
  } catch {
    throw new Unreachable(UNREACHABLE);
  }
}
