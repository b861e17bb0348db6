import {
  type GraphQLAbstractType,
  type GraphQLError,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  getArgumentValues,
  isObjectType,
  locatedError,
} from 'graphql';
import type { Completion, FieldPlan, ObjectPlan, Plan } from './plan.ts';

// Executes plans by the rules of graphql-js (Executing Requests of the specification), error for error: what differs is
// only how much is looked up, and how many promises and paths are made for values that need none.

export interface Result {
  readonly data: unknown;
  /** Absent: there were none. */
  readonly errors?: readonly GraphQLError[];
}

type MaybePromise<Value> = Value | Promise<Value>;

interface Path {
  readonly prev: Path | undefined;
  readonly key: string | number;
  readonly typename: string | undefined;
}

interface Run {
  readonly plan: Plan;
  readonly context: unknown;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly errors: GraphQLError[];
  /** What was made of large values without any error: an operation may come upon one of them many times. */
  readonly made: Map<ObjectPlan, Map<unknown, object>>;
  /** Places that hold null because of an error; undefined is the root. What happens below them is not told any more. */
  readonly nulled: Set<Path | undefined>;
}

/** @param variables coerced */
export async function executePlan(
  plan: Plan,
  context: unknown,
  variables: Readonly<Record<string, unknown>>,
): Promise<Result> {
  const run: Run = { plan, context, variables, errors: [], made: new Map(), nulled: new Set() };
  let data: unknown = null;
  try {
    data = await readFields(run, plan.root, undefined, undefined);
  } catch (error) {
    note(run, error as GraphQLError, undefined);
  }
  return run.errors.length === 0 ? { data } : { data, errors: run.errors };
}

/** The same value by the same plan is the same answer, as long as no error has to be told at each place. */
function readOnce(run: Run, plan: ObjectPlan, source: unknown, path: Path): MaybePromise<object> {
  let made = run.made.get(plan);
  if (made === undefined) {
    made = new Map();
    run.made.set(plan, made);
  }
  const known = made.get(source);
  if (known !== undefined) return known;
  const errors = run.errors.length;
  const answer = readFields(run, plan, source, path);
  if (!isPromise(answer) && run.errors.length === errors) made.set(source, answer);
  return answer;
}

// Closures stay out of these: whoever has one allocates for it in each call, and hardly any value is a promise.

function readFields(run: Run, { fields }: ObjectPlan, source: unknown, path: Path | undefined): MaybePromise<object> {
  const answer: Record<string, unknown> = {};
  let pending: Promise<unknown>[] | undefined;
  let index = 0;
  try {
    for (; index < fields.length; index += 1) {
      const field = fields[index] as FieldPlan;
      const value = readField(run, field, source, path);
      answer[field.key] = value;
      if (isPromise(value)) {
        pending ??= [];
        pending.push(put(answer, field.key, value));
      }
    }
  } catch (error) {
    if (pending === undefined) throw error;
    return failAfter(pending, error);
  }
  return pending === undefined ? answer : answerAfter(pending, answer);
}

const put = (answer: Record<string, unknown>, key: string, value: Promise<unknown>): Promise<unknown> =>
  value.then((settled) => {
    answer[key] = settled;
  });

const answerAfter = (pending: readonly Promise<unknown>[], answer: object): Promise<object> =>
  pending.length === 1 && pending[0] !== undefined
    ? pending[0].then(() => answer)
    : Promise.all(pending).then(() => answer);

/** The others are waited for: one of them may fail as well, and somebody must listen. */
const failAfter = (pending: readonly Promise<unknown>[], error: unknown): Promise<never> =>
  Promise.all(pending).finally(() => {
    throw error;
  }) as Promise<never>;

function readField(run: Run, field: FieldPlan, source: unknown, parent: Path | undefined): unknown {
  const { completion } = field;
  if (completion.kind === 'typename') return completion.name;
  if (completion.kind !== 'leaf' || field.resolve !== undefined) {
    const path = pathOf(field, parent);
    try {
      return settle(run, field, resolve(run, field, source, path), path);
    } catch (error) {
      return failed(run, field, completion, error, path);
    }
  }
  // Most fields are texts and numbers that are there, and need no place to be told.
  try {
    const value = propertyOf(source, field.name);
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      return completeLeaf(completion, value);
    const path = pathOf(field, parent);
    return settle(run, field, typeof value === 'function' ? resolve(run, field, source, path) : value, path);
  } catch (error) {
    return failed(run, field, completion, error, pathOf(field, parent));
  }
}

const pathOf = ({ key, parentType }: FieldPlan, prev: Path | undefined): Path => ({
  prev,
  key,
  typename: parentType.name,
});

/** A value as its resolver gave it, or the promise of one. Throws what fails at once. */
function settle(run: Run, field: FieldPlan, value: unknown, path: Path): unknown {
  const { completion } = field;
  const completed = isPromise(value)
    ? completeLater(run, field, completion, value, path)
    : complete(run, field, completion, value, path);
  return isPromise(completed) ? orFailed(run, field, completion, completed, path) : completed;
}

const completeLater = (
  run: Run,
  field: FieldPlan,
  completion: Completion,
  value: Promise<unknown>,
  path: Path,
): Promise<unknown> => value.then((settled) => complete(run, field, completion, settled, path));

const orFailed = (
  run: Run,
  field: FieldPlan,
  completion: Completion,
  completed: Promise<unknown>,
  path: Path,
): Promise<unknown> => completed.catch((error) => failed(run, field, completion, error, path));

/** Fields without a resolver are read off the value as graphql-js does it. */
function resolve(run: Run, field: FieldPlan, source: unknown, path: Path): unknown {
  if (field.resolve !== undefined) {
    const info = field.takesInfo ? infoOf(run, field, path) : undefined;
    return field.resolve(source, argumentsOf(run, field), run.context, info as GraphQLResolveInfo);
  }
  const value = propertyOf(source, field.name);
  if (typeof value !== 'function') return value;
  return value.call(source, argumentsOf(run, field), run.context, infoOf(run, field, path));
}

const propertyOf = (source: unknown, name: string): unknown =>
  source === null || (typeof source !== 'object' && typeof source !== 'function')
    ? undefined
    : (source as Record<string, unknown>)[name];

const argumentsOf = (run: Run, { constantArguments, definition, nodes: [node] }: FieldPlan) =>
  constantArguments ?? (node === undefined ? {} : getArgumentValues(definition, node, run.variables));

const infoOf = ({ plan, variables }: Run, field: FieldPlan, path: Path): GraphQLResolveInfo => ({
  fieldName: field.name,
  fieldNodes: field.nodes,
  returnType: field.definition.type,
  parentType: field.parentType,
  path,
  schema: plan.schema,
  fragments: plan.fragments,
  rootValue: undefined,
  operation: plan.operation,
  variableValues: variables as Record<string, unknown>,
});

function complete(run: Run, field: FieldPlan, completion: Completion, value: unknown, path: Path): unknown {
  if (value instanceof Error) throw value;
  if (value === null || value === undefined) {
    if (completion.nonNull) throw missing(field);
    return null;
  }
  switch (completion.kind) {
    case 'leaf':
      return completeLeaf(completion, value);
    case 'object':
      return completion.plan.isLarge
        ? readOnce(run, completion.plan, value, path)
        : readFields(run, completion.plan, value, path);
    case 'list':
      return completeList(run, field, completion.item, value, path);
    case 'abstract':
      return completeAbstract(run, field, completion, value, path);
    default:
      return completion.name;
  }
}

const missing = ({ parentType, name }: FieldPlan): Error =>
  new Error(`Cannot return null for non-nullable field ${parentType.name}.${name}.`);

function completeLeaf({ type }: Completion & { kind: 'leaf' }, value: unknown): unknown {
  if (value === null) return null;
  const serialized = type.serialize(value);
  if (serialized === null || serialized === undefined) throw new Error(`${type.name} made nothing of a value.`);
  return serialized;
}

function completeList(run: Run, field: FieldPlan, item: Completion, value: unknown, path: Path): unknown {
  if (typeof value !== 'object' || value === null || !(Symbol.iterator in value))
    throw new Error(`${field.parentType.name}.${field.name} got something else than a list.`);
  const values = (Array.isArray(value) ? value : Array.from(value as Iterable<unknown>)) as readonly unknown[];
  const answer = new Array<unknown>(values.length);
  let pending = false;
  for (let index = 0; index < values.length; index += 1) {
    const completed = completeItem(run, field, item, values[index], { prev: path, key: index, typename: undefined });
    answer[index] = completed;
    pending ||= isPromise(completed);
  }
  return pending ? Promise.all(answer) : answer;
}

function completeItem(run: Run, field: FieldPlan, item: Completion, value: unknown, path: Path): unknown {
  try {
    const completed = isPromise(value)
      ? completeLater(run, field, item, value, path)
      : complete(run, field, item, value, path);
    return isPromise(completed) ? orFailed(run, field, item, completed, path) : completed;
  } catch (error) {
    return failed(run, field, item, error, path);
  }
}

function completeAbstract(
  run: Run,
  field: FieldPlan,
  { type, planOf }: Completion & { kind: 'abstract' },
  value: unknown,
  path: Path,
): unknown {
  const name =
    type.resolveType === undefined || type.resolveType === null
      ? (value as { __typename?: unknown }).__typename
      : type.resolveType(value, run.context, infoOf(run, field, path), type);
  return isPromise(name)
    ? name.then((settled) => readAs(run, type, planOf, settled, value, path))
    : readAs(run, type, planOf, name, value, path);
}

function readAs(
  run: Run,
  { name: abstract }: GraphQLAbstractType,
  planOf: (type: GraphQLObjectType) => ObjectPlan,
  name: unknown,
  value: unknown,
  path: Path,
): MaybePromise<object> {
  const concrete = typeof name === 'string' ? run.plan.schema.getType(name) : undefined;
  if (!isObjectType(concrete)) throw new Error(`${abstract} did not say which type its value has.`);
  return readFields(run, planOf(concrete), value, path);
}

/** Where null is allowed, the error is noted and null stands in its place; elsewhere the object around it fails. */
function failed(run: Run, field: FieldPlan, { nonNull }: Completion, raw: unknown, path: Path): null {
  const error = locatedError(raw, field.nodes, keysOf(path));
  if (nonNull) throw error;
  note(run, error, path);
  return null;
}

function note({ errors, nulled }: Run, error: GraphQLError, path: Path | undefined): void {
  if (nulled.size > 0) {
    if (nulled.has(undefined)) return;
    for (let place = path; place !== undefined; place = place.prev) if (nulled.has(place)) return;
  }
  nulled.add(path);
  errors.push(error);
}

function keysOf(path: Path): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let place: Path | undefined = path; place !== undefined; place = place.prev) keys.push(place.key);
  return keys.reverse();
}

const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
