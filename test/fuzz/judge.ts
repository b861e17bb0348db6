import { ERROR_CATALOGUE } from '../../src/crm/errors.ts';
import { plantedIn } from '../support/planted.ts';
import { MARKED } from './wild.ts';

/** What came back. */
export interface Answered {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

interface GraphqlAnswer {
  readonly data?: unknown;
  readonly errors?: unknown;
}

const LONGEST_MESSAGE = 200;
/** Places in our code and of the machine. */
const INSIDES = /\bat \S+ \(|\.[tj]s:\d|node_modules|node:internal|file:\/\/\/|\/(?:home|usr|root|work)\//;
/** Half of a pair, which JSON can only escape; two backslashes are a backslash and text. */
const HALF_PAIR = /(?<!\\)(?:\\\\)*\\ud[89a-f]/i;
/** What GraphQL itself and Apollo say, besides the catalogue. */
const LANGUAGE_CODES = [
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
  'PERSISTED_QUERY_NOT_SUPPORTED',
] as const;

/** In the words of a CRM a name looks like any other word. */
const RECOGNISABLE = MARKED.filter((value) => /[@+]/.test(value));

const CATALOGUE: ReadonlySet<unknown> = new Set(
  Object.keys(ERROR_CATALOGUE).filter((code) => code !== 'INTERNAL_SERVER_ERROR'),
);
const ALL_CODES: ReadonlySet<unknown> = new Set([...CATALOGUE, ...LANGUAGE_CODES]);
const STATES: ReadonlySet<unknown> = new Set([
  'OK',
  ...Object.values(ERROR_CATALOGUE).map(({ source }) => source),
  'STALE',
  'SKIPPED',
]);

/** What is wrong with the answer to any request; undefined: nothing. */
export function faultOf({ status, type, text }: Answered, marked: readonly string[] = MARKED): string | undefined {
  if (status >= 500 || status < 200) return `status ${status}`;
  if (HALF_PAIR.test(text)) return 'half of a surrogate pair';
  if (type.startsWith('text/html')) return status === 200 && text.startsWith('<!DOCTYPE html>') ? undefined : 'a page';
  const answer = parsed(text);
  if (answer === undefined) return 'no JSON object';
  return faultOfErrors(answer, status, ALL_CODES, marked) ?? faultOfData(answer.data, marked);
}

/** The same for an operation that was right and could only fail because of a CRM. */
export function faultOfRead(answered: Answered): string | undefined {
  const fault = faultOf(answered, RECOGNISABLE);
  if (fault !== undefined) return fault;
  const answer = parsed(answered.text);
  if (answered.status !== 200 || typeof answer?.data !== 'object' || answer.data === null) return 'no data';
  return faultOfErrors(answer, answered.status, CATALOGUE, RECOGNISABLE);
}

function parsed(text: string): GraphqlAnswer | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    return typeof answer === 'object' && answer !== null && !Array.isArray(answer) ? answer : undefined;
  } catch {
    return undefined;
  }
}

function faultOfErrors(
  { data, errors }: GraphqlAnswer,
  status: number,
  codes: ReadonlySet<unknown>,
  marked: readonly string[],
): string | undefined {
  if (errors === undefined) return data === undefined || status >= 400 ? 'neither data nor errors' : undefined;
  if (!Array.isArray(errors) || errors.length === 0) return 'errors are no list';
  for (const error of errors as { message?: unknown; extensions?: { code?: unknown } }[]) {
    const { message, extensions } = error;
    if (typeof message !== 'string' || message === '' || message.length > LONGEST_MESSAGE) return 'no message';
    if (!codes.has(extensions?.code)) return `the code ${String(extensions?.code)}`;
  }
  return faultOfWords(JSON.stringify(errors), marked);
}

function faultOfWords(words: string, marked: readonly string[]): string | undefined {
  if (INSIDES.test(words)) return 'insides in an error';
  if (marked.some((value) => words.includes(value) || words.includes(JSON.stringify(value).slice(1, -1))))
    return "the caller's value in an error";
  const [leaked] = plantedIn(words).filter((name) => /key|secret|token/.test(name));
  return leaked === undefined ? undefined : `${leaked} in an error`;
}

/** What every account says of its part and every write of its errors. */
function faultOfData(value: unknown, marked: readonly string[]): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'sources' && Array.isArray(inner)) {
      for (const source of inner as { state?: unknown; error?: { code?: unknown } | null }[]) {
        if (source.state !== undefined && !STATES.has(source.state)) return `the state ${String(source.state)}`;
        if (source.error?.code !== undefined && !CATALOGUE.has(source.error.code))
          return `the code ${String(source.error.code)}`;
      }
    }
    if (key === 'userErrors' && Array.isArray(inner)) {
      for (const { code } of inner as { code?: unknown }[])
        if (code !== undefined && !CATALOGUE.has(code)) return `the code ${String(code)}`;
      const fault = faultOfWords(JSON.stringify(inner), marked);
      if (fault !== undefined) return fault;
    }
    const fault = faultOfData(inner, marked);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

const KNOWN = new Map(
  [Object.prototype, Array.prototype, Function.prototype].map((each) => [each, Reflect.ownKeys(each).length]),
);

/** Whether something was put where everything inherits it. */
export const isPolluted = (): boolean => [...KNOWN].some(([each, count]) => Reflect.ownKeys(each).length !== count);
