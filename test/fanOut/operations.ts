import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isLeafType,
  isObjectType,
} from 'graphql';
import { pick } from '../../src/emulation/random.ts';

// Valid operations made up from the schema.

/** Values that exist, for arguments. */
export interface Pool {
  readonly accounts: readonly string[];
  readonly customers: readonly string[];
  readonly tags: readonly string[];
  readonly segments: readonly string[];
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly representations: readonly Readonly<Record<string, unknown>>[];
  /** `endCursor` of a page of a root list with these arguments. */
  cursor(list: string, args: Readonly<Record<string, unknown>>): Promise<string | null>;
}

export interface Made {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Our own lists below the roots, and what leads to further requests: chosen more often than the many plain fields. */
const INTERESTING = new Set([
  'nodes',
  'edges',
  'node',
  'matches',
  'tags',
  'segments',
  'events',
  'customers',
  'customer',
  'owner',
  'addresses',
  'name',
  'title',
  'results',
]);
const LEFT_OUT = new Set(['_service', 'vendors', 'accounts', 'account']);
const DEEPEST = 6;
const MOST_ALIASES = 25;

type Random = () => number;

export async function makeOperation(schema: GraphQLSchema, random: Random, pool: Pool): Promise<Made> {
  const maker = createMaker(schema, random, pool);
  const query = schema.getQueryType() as GraphQLObjectType;
  const fields = Object.values(query.getFields()).filter(({ name }) => !LEFT_OUT.has(name));
  const roots: string[] = [];
  for (let count = pick(random, [1, 1, 2, 3]); count > 0; count -= 1) {
    roots.push(await maker.field(pick(random, fields), 0, true));
  }
  return maker.operation('query', roots);
}

/** @param input what the mutation is to be given */
export async function makeMutation(
  schema: GraphQLSchema,
  random: Random,
  pool: Pool,
  name: string,
  input: unknown,
): Promise<Made> {
  const maker = createMaker(schema, random, pool);
  const field = schema.getMutationType()?.getFields()[name];
  if (field === undefined) throw new Error(`no mutation ${name}`);
  const payload = await maker.selection(getNamedType(field.type), 1);
  const given = maker.variable(String(field.args[0]?.type), input);
  return maker.operation('mutation', [`${name}(input: ${given}) ${payload}`]);
}

function createMaker(schema: GraphQLSchema, random: Random, pool: Pool) {
  const declared: string[] = [];
  const variables: Record<string, unknown> = {};
  const fragments: string[] = [];
  let aliases = 0;

  function variable(type: string, value: unknown): string {
    const name = `v${declared.length}`;
    declared.push(`$${name}: ${type}`);
    variables[name] = value;
    return `$${name}`;
  }

  function nextAlias(): string {
    aliases += 1;
    return `a${aliases}: `;
  }

  /** Now and then a condition, which may well not hold. */
  const condition = (): string =>
    random() < 0.1 ? ` @${pick(random, ['include', 'skip'])}(if: ${variable('Boolean!', random() < 0.5)})` : '';

  const some = <Item>(items: readonly Item[], most: number): Item[] =>
    Array.from({ length: 1 + Math.floor(random() * most) }, () => pick(random, items));

  function valueFor(field: string, { name }: GraphQLArgument): unknown {
    const chance = random();
    switch (name) {
      case 'first':
        return chance < 0.2 ? undefined : pick(random, [1, 2, 3, 5, 10, 20, 25, 50, 100]);
      case 'accounts':
        return chance < 0.5 ? undefined : [...new Set(some(pool.accounts, 3))];
      case 'id':
        return pick(random, pool[field === 'tag' ? 'tags' : field === 'segment' ? 'segments' : 'customers']);
      case 'ids':
        return some([...pool.customers, ...pool.customers, ...pool.tags, ...pool.segments], 100);
      case 'representations':
        return some(pool.representations, 60);
      case 'by':
        return pick(random, [{ email: pick(random, pool.emails) }, { phone: pick(random, pool.phones) }]);
      case 'filter':
        if (chance < 0.7) return undefined;
        if (field === 'customerEvents') return { createdAfter: '2024-02-01T00:00:00Z' };
        return pick(random, [
          { text: 'a' },
          { createdFrom: '2024-01-20' },
          { segment: pick(random, pool.segments) },
          { ids: some(pool.customers, 20) },
          { tags: some(pool.tags, 3) },
        ]);
      default:
        return undefined;
    }
  }

  async function field(definition: GraphQLField<unknown, unknown>, depth: number, isRoot: boolean): Promise<string> {
    const type = getNamedType(definition.type);
    const given: Record<string, unknown> = {};
    for (const argument of definition.args) {
      const value = valueFor(definition.name, argument);
      if (value !== undefined) given[argument.name] = value;
    }
    if (isRoot && definition.args.some(({ name }) => name === 'after') && random() < 0.35) {
      given.after = await pool.cursor(definition.name, given);
    }
    const texts = definition.args
      .filter(({ name }) => given[name] !== undefined)
      .map(({ name, type: argumentType }) => `${name}: ${variable(String(argumentType), given[name])}`);
    // Two fields of one name must not differ in their arguments.
    const alias = isRoot || definition.args.length > 0 ? nextAlias() : '';
    const argumentsText = texts.length === 0 ? '' : `(${texts.join(', ')})`;
    const below = isLeafType(type) ? '' : ` ${await selection(type, depth + 1)}`;
    return `${alias}${definition.name}${argumentsText}${condition()}${below}`;
  }

  async function selection(type: GraphQLNamedType, depth: number): Promise<string> {
    if (isAbstractType(type)) {
      // One type at a time: fields of the same name differ between types.
      const possible = pick(random, schema.getPossibleTypes(type));
      return `{ __typename ... on ${possible.name}${condition()} ${await selection(possible, depth)} }`;
    }
    if (!isObjectType(type)) throw new Error(`nothing to select on ${type.name}`);
    const all = Object.values(type.getFields());
    const chosen = new Set<GraphQLField<unknown, unknown>>();
    const interesting = all.filter(({ name }) => INTERESTING.has(name));
    for (const each of interesting) if (random() < 0.5) chosen.add(each);
    for (let count = 1 + Math.floor(random() * 3); count > 0; count -= 1) chosen.add(pick(random, all));
    const texts = ['__typename'];
    for (const each of chosen) {
      const isLeaf = isLeafType(getNamedType(each.type));
      if (!isLeaf && (depth >= DEEPEST || (each.args.length > 0 && aliases >= MOST_ALIASES))) continue;
      const text = await field(each, depth, false);
      texts.push(random() < 0.15 ? inFragment(type.name, text) : text);
    }
    return `{ ${texts.join(' ')} }`;
  }

  function inFragment(typeName: string, text: string): string {
    if (random() < 0.5) return `... on ${typeName}${condition()} { ${text} }`;
    const name = `F${fragments.length}`;
    fragments.push(`fragment ${name} on ${typeName} { ${text} }`);
    return `...${name}`;
  }

  return {
    field,
    selection,
    variable,
    operation(kind: 'query' | 'mutation', roots: readonly string[]): Made {
      const head = declared.length === 0 ? kind : `${kind} (${declared.join(', ')})`;
      return { query: `${head} { ${roots.join(' ')} } ${fragments.join(' ')}`, variables };
    },
  };
}
