import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import type { Clock } from '../crm/clock.ts';

/** The operations that may run; all others are refused. */
export interface Safelist {
  /** The document of an id; undefined: no such id is listed. */
  documentOf(id: string): string | undefined;
  /** Whether exactly this document is listed. */
  lists(document: string): boolean;
}

const LARGEST_BYTES = 4 * 1024 * 1024;
const MOST_OPERATIONS = 10_000;
/** How soon a changed file counts. */
const LOOK_AGAIN_MS = 10_000;
/** As Apollo's tools write ids, and as the client preset does. */
const DIGEST = /^(?:sha256:)?([0-9a-f]{64})$/;

/** The manifest that Apollo's tools write and routers read. */
const manifest = z.object({
  format: z.literal('apollo-persisted-query-manifest', 'must be "apollo-persisted-query-manifest"'),
  version: z.literal(1, 'must be 1'),
  operations: z
    .array(
      z.object({
        id: z.string().min(1).max(256),
        name: z.string(),
        type: z.enum(['query', 'mutation', 'subscription']),
        body: z.string().min(1),
      }),
    )
    .max(MOST_OPERATIONS),
});

/** The safelist cannot be used; the message says why and holds no value of it. */
export class SafelistFileError extends Error {}

function readDocuments(path: string): ReadonlyMap<string, string> {
  let json: unknown;
  try {
    if (statSync(path).size > LARGEST_BYTES) throw new SafelistFileError('must not be larger than 4 MiB');
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof SafelistFileError) throw error;
    throw new SafelistFileError('must name a readable file with JSON in it');
  }
  const parsed = manifest.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new SafelistFileError(`${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'is not valid'}`);
  }
  const documents = new Map<string, string>();
  for (const [index, { id, body }] of parsed.data.operations.entries()) {
    // An edited document under its old digest would run for clients that were built and reviewed with another one.
    const digest = DIGEST.exec(id)?.[1];
    if (digest !== undefined && digest !== createHash('sha256').update(body).digest('hex'))
      throw new SafelistFileError(`operations.${index}: the id is no SHA-256 digest of the body; make the file anew`);
    if ((documents.get(id) ?? body) !== body)
      throw new SafelistFileError(`operations.${index}: two operations have this id; give each its own`);
    documents.set(id, body);
  }
  return documents;
}

/**
 * A safelist out of a persisted-query manifest. The file is read again when it changes; a changed file that is wrong is
 * reported and the list stays as it was.
 * @throws SafelistFileError if the file cannot be used now
 */
export function createSafelist(path: string, clock: Clock, report: (problem: string) => void): Safelist {
  let documents = readDocuments(path);
  let listed: ReadonlySet<string> = new Set(documents.values());
  let changedAt = statSync(path).mtimeMs;
  let lookedAt = clock.now();

  function lookAgain(): void {
    if (clock.now() - lookedAt < LOOK_AGAIN_MS) return;
    lookedAt = clock.now();
    try {
      const { mtimeMs } = statSync(path);
      if (mtimeMs === changedAt) return;
      documents = readDocuments(path);
      listed = new Set(documents.values());
      changedAt = mtimeMs;
    } catch (error) {
      report(
        `SAFELIST_FILE ${error instanceof SafelistFileError ? error.message : 'cannot be read'}; the list stays as it was.`,
      );
    }
  }

  return {
    documentOf(id) {
      lookAgain();
      return documents.get(id);
    },
    lists(document) {
      lookAgain();
      return listed.has(document);
    },
  };
}
