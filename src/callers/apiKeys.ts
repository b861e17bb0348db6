import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import type { Caller } from '../crm/caller.ts';
import type { Clock } from '../crm/clock.ts';
import { type Authenticator, SCOPES } from './callers.ts';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const MOST_CALLERS = 10_000;
/** How soon a changed file counts: a revoked key is refused within this time. */
const LOOK_AGAIN_MS = 10_000;

const callersFile = z.strictObject({
  callers: z
    .array(
      z.strictObject({
        id: z.string().regex(NAME, 'must have 1 to 64 letters, digits, dots, dashes or underscores'),
        tenant: z.string().regex(NAME, 'must have 1 to 64 letters, digits, dots, dashes or underscores'),
        scopes: z.array(z.enum(SCOPES as [string, ...string[]])),
        keys: z
          .array(z.string().regex(/^sha256:[0-9a-f]{64}$/, 'must be "sha256:" and 64 hex digits'))
          .min(1)
          .max(2, 'takes two keys at most: the current one and the one it replaces'),
      }),
    )
    .max(MOST_CALLERS),
});

/** A new key of 32 random bytes, and what the callers file keeps of it. */
export function newKey(): { readonly key: string; readonly digest: string } {
  const key = randomBytes(32).toString('base64url');
  return { key, digest: `sha256:${digestOf(key).toString('hex')}` };
}

const digestOf = (key: string): Buffer => createHash('sha256').update(key).digest();

/** The callers file cannot be used; the message says why and holds no value of it. */
export class CallersFileError extends Error {}

type CallersByDigest = ReadonlyMap<string, { readonly digest: Buffer; readonly caller: Caller }>;

function readCallers(path: string): CallersByDigest {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw new CallersFileError('must name a readable file with JSON in it');
  }
  const parsed = callersFile.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new CallersFileError(`${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'is not valid'}`);
  }
  const callers = new Map<string, { digest: Buffer; caller: Caller }>();
  for (const { id, tenant, scopes, keys } of parsed.data.callers) {
    const caller = { id, tenant, scopes: new Set(scopes) } as Caller;
    for (const key of keys) {
      const hex = key.slice('sha256:'.length);
      if (callers.has(hex)) throw new CallersFileError('two callers share a key; give each its own');
      callers.set(hex, { digest: Buffer.from(hex, 'hex'), caller });
    }
  }
  return callers;
}

/**
 * API keys out of a file with their digests. The file is read again when it changes; a changed file that is wrong is
 * reported and the callers stay as they were.
 */
export function createApiKeys(path: string, clock: Clock, report: (problem: string) => void): Authenticator {
  let callers = readCallers(path);
  let changedAt = statSync(path).mtimeMs;
  let lookedAt = clock.now();
  const nobody = randomBytes(32);

  function lookAgain(): void {
    if (clock.now() - lookedAt < LOOK_AGAIN_MS) return;
    lookedAt = clock.now();
    try {
      const { mtimeMs } = statSync(path);
      if (mtimeMs === changedAt) return;
      callers = readCallers(path);
      changedAt = mtimeMs;
    } catch (error) {
      report(
        `CALLERS_FILE ${error instanceof CallersFileError ? error.message : 'cannot be read'}; the callers stay as they were.`,
      );
    }
  }

  return {
    async identify(credential) {
      lookAgain();
      const digest = digestOf(credential);
      const known = callers.get(digest.toString('hex'));
      // Compared in any case, so that a known and an unknown key take the same time.
      const equal = timingSafeEqual(digest, known?.digest ?? nobody);
      return equal ? known?.caller : undefined;
    },
    close() {},
  };
}
