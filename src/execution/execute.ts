import {
  type GraphQLAbstractType,
  type GraphQLError,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  isObjectType,
} from 'graphql';
import { type Container, failed, isPromise, note, type Place, placeOf, type Whole, wait } from './places.ts';
import type { Completion, FieldPlan, ObjectPlan, Plan } from './plan.ts';

// Executes plans by the rules of graphql-js (Executing Requests of the specification), error for error. What differs is how
// much is looked up, and how promises are waited for: each object and list stands at its place of the answer from the
// beginning and counts what it still waits for, so that a promise costs one `then` and nothing for what is around it.

export interface Result {
  readonly data: unknown;
  /** Absent: there were none. */
  readonly errors?: readonly GraphQLError[];
}

interface Run extends Whole {
  readonly plan: Plan;
  readonly context: unknown;
  readonly variables: Readonly<Record<string, unknown>>;
  /** What was made of large values without any error: an operation may come upon one of them many times. */
  readonly made: Map<ObjectPlan, Map<unknown, object>>;
}

/** @param variables coerced */
export async function executePlan(
  plan: Plan,
  context: unknown,
  variables: Readonly<Record<string, unknown>>,
): Promise<Result> {
  const run: Run = {
    plan,
    context,
    variables,
    errors: [],
    failures: 0,
    made: new Map(),
    end: () => {},
    waiting: 0,
    failure: undefined,
    isOver: false,
    isNull: false,
  };
  let data: unknown = null;
  try {
    data = readFields(run, plan.root, undefined, undefined);
    if (run.waiting > 0) {
      await new Promise<void>((resolve) => {
        run.end = resolve;
      });
    }
  } catch (error) {
    note(run, error as GraphQLError, undefined);
  }
  if (run.isNull) data = null;
  return run.errors.length === 0 ? { data } : { data, errors: run.errors };
}

/** @param place where the object stands; undefined for the root */
function readFields(run: Run, { fields }: ObjectPlan, source: unknown, place: Place | undefined): object {
  const answer: Container = {};
  try {
    for (let index = 0; index < fields.length; index += 1) {
      const field = fields[index] as FieldPlan;
      answer[field.key] = readField(run, field, source, place, answer);
    }
  } catch (error) {
    const making = place ?? run;
    if (making.waiting === 0) throw error;
    // The others are waited for, as graphql-js does it.
    making.failure = error;
  }
  return answer;
}

/** The same value by the same plan is the same answer, as long as no error has to be told at each place. */
function readOnce(run: Run, plan: ObjectPlan, source: unknown, place: Place): object {
  let made = run.made.get(plan);
  if (made === undefined) {
    made = new Map();
    run.made.set(plan, made);
  }
  const known = made.get(source);
  if (known !== undefined) return known;
  const { failures } = run;
  const answer = readFields(run, plan, source, place);
  if (place.waiting === 0 && run.failures === failures) made.set(source, answer);
  return answer;
}

function readField(run: Run, field: FieldPlan, source: unknown, prev: Place | undefined, within: Container): unknown {
  const { completion } = field;
  if (completion.kind === 'typename') return completion.name;
  // Made where something has to be known of it: most fields are texts that are there.
  let place: Place | undefined;
  try {
    let value: unknown;
    if (field.resolve === undefined) {
      value = propertyOf(source, field.name);
      if (typeof value === 'function') {
        place = placeOf(field, completion, prev, within, field.key);
        value = value.call(source, field.readArguments(run.variables), run.context, infoOf(run, field, place));
      }
    } else if (field.takesInfo) {
      place = placeOf(field, completion, prev, within, field.key);
      value = field.resolve(source, field.readArguments(run.variables), run.context, infoOf(run, field, place));
    } else {
      value = field.resolve(source, field.readArguments(run.variables), run.context, NO_INFO);
    }
    if (isPlain(completion, value)) return completePlain(completion, value);
    place ??= placeOf(field, completion, prev, within, field.key);
    return settle(run, place, value);
  } catch (error) {
    return failed(run, place ?? placeOf(field, completion, prev, within, field.key), error);
  }
}

/** Resolvers that declare fewer parameters never see it. */
const NO_INFO = undefined as unknown as GraphQLResolveInfo;

const propertyOf = (source: unknown, name: string): unknown =>
  source === null || (typeof source !== 'object' && typeof source !== 'function')
    ? undefined
    : (source as Record<string, unknown>)[name];

const infoOf = ({ plan, variables }: Run, field: FieldPlan, path: Place): GraphQLResolveInfo => ({
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

/** Whether it becomes part of the answer without anything having to be known of its place. */
const isPlain = ({ kind, nonNull }: Completion, value: unknown): boolean =>
  value === null || value === undefined
    ? !nonNull
    : kind === 'leaf' && (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean');

const completePlain = (completion: Completion, value: unknown): unknown =>
  value === undefined || value === null || completion.kind !== 'leaf' ? null : completeLeaf(completion, value);

/** A value as its resolver gave it, or the promise of one, for which null stands until it comes. */
function settle(run: Run, place: Place, value: unknown): unknown {
  if (isPromise(value)) return wait(run, place, value, complete);
  const completed = complete(run, place, value);
  if (place.waiting > 0) (place.prev ?? run).waiting += 1;
  return completed;
}

function complete(run: Run, place: Place, value: unknown): unknown {
  if (value instanceof Error) throw value;
  const { completion } = place;
  if (value === null || value === undefined) {
    if (completion.nonNull) throw missing(place.field);
    return null;
  }
  switch (completion.kind) {
    case 'leaf':
      return completeLeaf(completion, value);
    case 'object':
      // Items are hardly ever the same value twice, and there are many of them.
      return completion.plan.isLarge && typeof place.key === 'string'
        ? readOnce(run, completion.plan, value, place)
        : readFields(run, completion.plan, value, place);
    case 'list':
      return completeList(run, place, completion.item, value);
    case 'abstract':
      return completeAbstract(run, place, completion, value);
    default:
      return completion.name;
  }
}

const missing = ({ parentType, name }: FieldPlan): Error =>
  new Error(`Cannot return null for non-nullable field ${parentType.name}.${name}.`);

function completeLeaf({ type }: Completion & { kind: 'leaf' }, value: unknown): unknown {
  const serialized = type.serialize(value);
  if (serialized === null || serialized === undefined) throw new Error(`${type.name} made nothing of a value.`);
  return serialized;
}

function completeList(run: Run, place: Place, item: Completion, value: unknown): unknown {
  const { field } = place;
  if (typeof value !== 'object' || value === null || !(Symbol.iterator in value))
    throw new Error(`${field.parentType.name}.${field.name} got something else than a list.`);
  const values = (Array.isArray(value) ? value : Array.from(value as Iterable<unknown>)) as readonly unknown[];
  const answer = new Array<unknown>(values.length);
  for (let index = 0; index < values.length; index += 1)
    answer[index] = completeItem(run, place, item, answer, index, values[index]);
  return answer;
}

function completeItem(
  run: Run,
  list: Place,
  item: Completion,
  within: unknown[],
  index: number,
  value: unknown,
): unknown {
  let place: Place | undefined;
  try {
    if (isPlain(item, value)) return completePlain(item, value);
    place = placeOf(list.field, item, list, within as unknown as Container, index);
    return settle(run, place, value);
  } catch (error) {
    place ??= placeOf(list.field, item, list, within as unknown as Container, index);
    return failed(run, place, error);
  }
}

function completeAbstract(
  run: Run,
  place: Place,
  { type, planOf }: Completion & { kind: 'abstract' },
  value: unknown,
): unknown {
  const name =
    type.resolveType === undefined || type.resolveType === null
      ? (value as { __typename?: unknown }).__typename
      : type.resolveType(value, run.context, infoOf(run, place.field, place), type);
  return isPromise(name)
    ? wait(run, place, name, (_, __, settled) => readAs(run, type, planOf, settled, value, place))
    : readAs(run, type, planOf, name, value, place);
}

function readAs(
  run: Run,
  { name: abstract }: GraphQLAbstractType,
  planOf: (type: GraphQLObjectType) => ObjectPlan,
  name: unknown,
  value: unknown,
  place: Place,
): object {
  const concrete = typeof name === 'string' ? run.plan.schema.getType(name) : undefined;
  if (!isObjectType(concrete)) throw new Error(`${abstract} did not say which type its value has.`);
  return readFields(run, planOf(concrete), value, place);
}
