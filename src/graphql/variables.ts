import {
  GraphQLBoolean,
  GraphQLID,
  type GraphQLInputType,
  GraphQLInt,
  type GraphQLSchema,
  GraphQLString,
  getNullableType,
  getVariableValues,
  isInputType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  type VariableDefinitionNode,
  valueFromAST,
} from 'graphql';
import type { Arguments } from '../execution/arguments.ts';

/** Variables as they came to what resolvers may rely on; undefined for those that do not fit. */
export type Coercion = (variables: Arguments) => Arguments | undefined;

/**
 * How graphql-js coerces an operation's variables, with the types looked up once. What needs no more than a look at the value
 * (texts, ids, whole numbers, booleans, and lists of them) is taken as it is; everything else graphql-js coerces.
 */
export function coercionFor(
  schema: GraphQLSchema,
  { variableDefinitions: definitions = [] }: OperationDefinitionNode,
): Coercion {
  if (definitions.length === 0) return () => NO_VARIABLES;
  const byGraphql: Coercion = (variables) =>
    getVariableValues(schema, definitions, variables, { maxErrors: 1 }).coerced;
  const plain = definitions.map((definition) => plainVariable(schema, definition));
  if (!plain.every((each) => each !== undefined)) return byGraphql;
  return (variables) => {
    const coerced: Record<string, unknown> = {};
    for (const { name, isRequired, fits, standIn } of plain) {
      const value = Object.hasOwn(variables, name) ? variables[name] : standIn;
      if (value !== undefined && (value === standIn || fits(value))) coerced[name] = value;
      // graphql-js says what is wrong, and leaves out what may be left out.
      else if (value !== undefined || isRequired) return byGraphql(variables);
    }
    return coerced;
  };
}

const NO_VARIABLES: Arguments = Object.freeze({});

interface PlainVariable {
  readonly name: string;
  readonly isRequired: boolean;
  fits(value: unknown): boolean;
  /** What it is where it is left out. */
  readonly standIn: unknown;
}

function plainVariable(
  schema: GraphQLSchema,
  { variable, type: typeNode, defaultValue }: VariableDefinitionNode,
): PlainVariable | undefined {
  const name = variable.name.value;
  // Assigning to it would change the prototype.
  if (name === '__proto__') return undefined;
  const type = typeFromAST(schema, typeNode);
  const fits = isInputType(type) ? fitting(type) : undefined;
  if (!isInputType(type) || fits === undefined) return undefined;
  const standIn = defaultValue === undefined ? undefined : valueFromAST(defaultValue, type);
  // One list must not go to several operations.
  if (Array.isArray(standIn) || (defaultValue !== undefined && standIn === undefined)) return undefined;
  return { name, isRequired: isNonNullType(type), fits, standIn };
}

/** Whether a value is one of the type already. */
const IS_ONE = new Map<unknown, (value: unknown) => boolean>([
  [GraphQLString, (value) => typeof value === 'string'],
  [GraphQLID, (value) => typeof value === 'string'],
  [GraphQLInt, (value) => typeof value === 'number' && (value | 0) === value],
  [GraphQLBoolean, (value) => typeof value === 'boolean'],
]);

/** Tells whether graphql-js would leave a value of the type as it is; undefined where that takes more than a look at it. */
function fitting(type: GraphQLInputType): ((value: unknown) => boolean) | undefined {
  const nullable = getNullableType(type);
  const fits = isListType(nullable) ? listFitting(nullable.ofType) : IS_ONE.get(nullable);
  return fits === undefined || isNonNullType(type) ? fits : (value) => value === null || fits(value);
}

function listFitting(type: GraphQLInputType): ((value: unknown) => boolean) | undefined {
  const fits = fitting(type);
  return fits && ((value) => Array.isArray(value) && value.every(fits));
}
