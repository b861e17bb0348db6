import { GraphQLError } from 'graphql';

/** Names of fields, types and variables are the schema's or the caller's code; anything else may be somebody's data. */
const NAME = /^[_A-Za-z]\w{0,63}$/;

/** The variable, and what leads to the value within it. */
const PLACE = /^ at "(\w+)[.[][\w.[\]]*"$/;
const LONGEST_PLACE = 200;

type Rewrite = readonly [pattern: RegExp, into: (...parts: string[]) => string];

/** How graphql-js quotes values. Where a value is not last, it is greedy: what stands behind the last match is not the caller's. */
const REWRITES: readonly Rewrite[] = [
  [
    /^Value "[\s\S]*" does not exist in "(\w+)" enum\.([\s\S]*)$/,
    (_, type, hint) => `The value is none of "${type}".${hint}`,
  ],
  [/^((?:Enum "\w+"|\w+) cannot represent [\w -]*value): [\s\S]*$/, (_, complaint) => `${complaint}.`],
  [/^(Expected value of type "[\w[\]!]+"), found [\s\S]*$/, (_, complaint) => `${complaint}.`],
  [/^Argument "(\w+)" has invalid value [\s\S]*$/, (_, name) => `Argument "${name}" has an invalid value.`],
  [
    /^Field "([\s\S]*)" is not defined by type "(\w+)"\.([\s\S]*)$/,
    (_, name = '', type, hint) =>
      `${NAME.test(name) ? `Field "${name}"` : 'A field'} is not defined by type "${type}".${hint}`,
  ],
  [
    /^Unknown operation named "([\s\S]*)"\.$/,
    (_, name = '') => (NAME.test(name) ? `Unknown operation named "${name}".` : 'Unknown operation.'),
  ],
  [/^(Syntax Error: [\s\S]*?(?:String|BlockString|Int|Float)) "[\s\S]*"\.$/, (_, complaint) => `${complaint}.`],
  [/^(Syntax Error: Invalid [\w ]+ escape sequence): [\s\S]*$/, (_, complaint) => `${complaint}.`],
];

/**
 * What graphql-js says of a document or of its variables, without the values that it quotes. The names of variables,
 * fields and types stay, so that whoever made the mistake finds it.
 */
export function withoutValues(error: { readonly message: string }): string {
  return ofVariable(error) ?? rewritten(error.message);
}

function rewritten(message: string): string {
  for (const [pattern, into] of REWRITES) if (pattern.test(message)) return message.replace(pattern, into);
  return message;
}

/** `Variable "$x" got invalid value <value> at "x.field"; <reason>`, where the reason is an error of its own. */
function ofVariable(error: { readonly message: string }): string | undefined {
  const [start, variable] = /^Variable "\$(\w+)" got invalid value /.exec(error.message) ?? [];
  if (start === undefined) return undefined;
  const reason = reasonOf(error);
  if (reason === undefined) return `Variable "$${variable}" got an invalid value.`;
  const value = error.message.slice(start.length, -`; ${reason.message}`.length);
  // A quoted value cannot end like this: its own quotes are escaped.
  const place = value.slice(value.lastIndexOf(' at "'));
  const named = place.length <= LONGEST_PLACE && PLACE.exec(place)?.[1] === variable ? place : '';
  return `Variable "$${variable}" got an invalid value${named}; ${rewritten(reason.message)}`;
}

function reasonOf(error: { readonly message: string }): Error | undefined {
  for (let inner: unknown = error; inner instanceof GraphQLError; inner = inner.originalError) {
    if (error.message.endsWith(`; ${inner.message}`)) return inner;
  }
  return undefined;
}
