import { createHash } from 'node:crypto';
import { type ASTNode, type DocumentNode, Kind, type OperationDefinitionNode, print, visit } from 'graphql';
import type { OperationKind, OperationShape } from '../crm/watch.ts';
import type { Context } from './context.ts';
import { kindOf } from './price.ts';

const LONGEST_NAME = 64;
const MOST_CODES = 8;

interface WithCode {
  readonly extensions?: { readonly code?: unknown };
}

/**
 * Tells whoever watches how an operation ended.
 * @param isCompiled whether it was executed from a plan
 */
export function tellEnd(
  { watch, operation: watched, calls, clock }: Context,
  document: DocumentNode | undefined,
  operation: OperationDefinitionNode | null | undefined,
  answer: { readonly data?: unknown; readonly errors?: readonly WithCode[] },
  isCompiled: boolean,
): void {
  if (watch.operationEnded === undefined) return;
  const { data, errors = [] } = answer;
  watch.operationEnded(watched, {
    shape: shapeOf(document, operation),
    endedAt: clock.now(),
    outcome: errors.length === 0 ? 'ok' : data !== undefined && data !== null ? 'partial' : 'failed',
    codes: errors.length === 0 ? [] : codesOf(errors),
    isCompiled,
    accounts: calls.usages,
  });
}

const codesOf = (errors: readonly WithCode[]): string[] =>
  [...new Set(errors.map(({ extensions }) => String(extensions?.code)))].slice(0, MOST_CODES);

const INVALID: OperationShape = { kind: 'invalid', name: undefined, hash: undefined };

/** Parsed documents are kept by Apollo, so that one that comes often is described once. */
const shapes = new WeakMap<OperationDefinitionNode, OperationShape>();

/** What was asked: the name, and a digest of the document without its values. */
export function shapeOf(
  document: DocumentNode | undefined,
  operation: OperationDefinitionNode | null | undefined,
): OperationShape {
  if (document === undefined) return INVALID;
  if (operation === undefined || operation === null) return { ...INVALID, hash: digestOf(document) };
  const known = shapes.get(operation);
  if (known !== undefined) return known;
  const kind: OperationKind = kindOf(operation);
  // A name has letters, digits and underscores only, by the grammar of the language.
  const shape = { kind, name: operation.name?.value.slice(0, LONGEST_NAME), hash: digestOf(document) };
  shapes.set(operation, shape);
  return shape;
}

const HASH_LENGTH = 12;

const digestOf = (document: DocumentNode): string =>
  createHash('sha256')
    .update(print(withoutValues(document)))
    .digest('hex')
    .slice(0, HASH_LENGTH);

const withoutValues = (document: ASTNode): ASTNode =>
  visit(document, {
    IntValue: () => ({ kind: Kind.INT, value: '0' }),
    FloatValue: () => ({ kind: Kind.FLOAT, value: '0' }),
    StringValue: () => ({ kind: Kind.STRING, value: '', block: false }),
    ListValue: () => ({ kind: Kind.LIST, values: [] }),
  });
