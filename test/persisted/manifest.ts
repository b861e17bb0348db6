import { createHash } from 'node:crypto';
import { utimesSync, writeFileSync } from 'node:fs';
import { Kind, parse } from 'graphql';

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** An entry of a manifest, as Apollo's tools write it. */
export function listed(body: string, id = digestOf(body)) {
  const operation = parse(body).definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  return { id, name: operation.name?.value ?? '', type: operation.operation, body };
}

export const manifestOf = (operations: readonly unknown[]) => ({
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations,
});

let writes = 0;
/** Writes the file anew, with a later time even within one tick of the clock. */
export function writeManifest(file: string, content: unknown): void {
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  writes += 1;
  utimesSync(file, new Date(), new Date(Date.now() + writes * 1_000));
}
