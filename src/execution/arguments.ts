import { type FieldNode, type GraphQLField, getArgumentValues, isNonNullType, Kind, type ValueNode } from 'graphql';

export type Arguments = Readonly<Record<string, unknown>>;

/** Gives a field's arguments. @throws for what variables must not be */
export type ReadArguments = (variables: Readonly<Record<string, unknown>>) => Arguments;

const NONE: Arguments = Object.freeze({});
const readNone: ReadArguments = () => NONE;

/**
 * What graphql-js makes of a field's arguments, with as much of it done once as can be: constants are read here, and
 * arguments that are a variable are looked up by its name. All others, and all that is wrong, is left to graphql-js.
 */
export function argumentReader(definition: GraphQLField<unknown, unknown>, node: FieldNode): ReadArguments {
  if (definition.args.length === 0) return readNone;
  const read: ReadArguments = (variables) => getArgumentValues(definition, node, variables);
  const given = node.arguments ?? [];
  const constant = given.filter(({ value }) => !hasVariable(value));
  const fromVariables = definition.args.flatMap(({ name, type }) => {
    const value = given.find((each) => each.name.value === name)?.value;
    return value?.kind === Kind.VARIABLE ? [{ name, variable: value.name.value, isRequired: isNonNullType(type) }] : [];
  });
  if (constant.length + fromVariables.length < given.length) return read;
  const args = definition.args.filter(({ name }) => fromVariables.every((each) => each.name !== name));
  let constants: Arguments;
  try {
    constants = Object.freeze(getArgumentValues({ ...definition, args }, { ...node, arguments: constant }));
  } catch {
    // Said at its own place, when it is executed.
    return read;
  }
  if (fromVariables.length === 0) return () => constants;
  return (variables) => {
    const values: Record<string, unknown> = { ...constants };
    for (const { name, variable, isRequired } of fromVariables) {
      const value = Object.hasOwn(variables, variable) ? variables[variable] : undefined;
      // Absent: there may be a default.
      if (value === undefined || (value === null && isRequired)) return read(variables);
      values[name] = value;
    }
    return values;
  };
}

function hasVariable(value: ValueNode): boolean {
  if (value.kind === Kind.VARIABLE) return true;
  if (value.kind === Kind.LIST) return value.values.some(hasVariable);
  return value.kind === Kind.OBJECT && value.fields.some((field) => hasVariable(field.value));
}
