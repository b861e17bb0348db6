import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import type { Choices } from './choices.ts';
import { NAMES, NUMBERS, TEXTS, wildValue } from './wild.ts';

// Documents made up from the schema: all types, arguments and inputs. Some are as they should be, and in some every
// tenth thing is wrong.

/** Values that exist. */
export interface Pool {
  readonly accounts: readonly string[];
  /** Global ids of records of all types. */
  readonly ids: readonly string[];
  readonly vendorIds: readonly string[];
  readonly cursors: readonly string[];
  readonly emails: readonly string[];
  readonly phones: readonly string[];
}

export interface Made {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const DEEPEST = 5;
const MOST_FIELDS = 40;
/** Where lists begin. */
const INTERESTING = new Set([
  'nodes',
  'edges',
  'node',
  'matches',
  'tags',
  'segments',
  'customer',
  'customers',
  'sources',
]);

const OPERATIONS = [
  [13, 'query'],
  [6, 'mutation'],
  [1, 'subscription'],
] as const;

/** @param wrong the share of things that are to be wrong */
export function makeDocument(schema: GraphQLSchema, choices: Choices, pool: Pool, wrong: number): Made {
  const declared: string[] = [];
  const variables: Record<string, unknown> = {};
  const fragments: string[] = [];
  let fields = 0;
  let aliases = 0;

  const isWrong = (): boolean => wrong > 0 && choices.chance(wrong);

  function operation(): Made {
    const kind = choices.weighed(OPERATIONS);
    const type = (kind === 'mutation' ? schema.getMutationType() : schema.getQueryType()) as GraphQLNamedType;
    const body = selection(type, 0);
    const name = choices.chance(0.3) ? choices.pick(['Everything', 'a', 'query', '__proto__']) : '';
    const head = declared.length === 0 ? `${kind} ${name}` : `${kind} ${name}(${declared.join(', ')})`;
    const start = kind === 'query' && declared.length === 0 && choices.chance(0.3) ? '' : `${head}${condition(0.02)} `;
    const more = isWrong()
      ? choices.pick([' { __typename }', ' query a { __typename }', ' type X { y: Z }', ' #', ' }'])
      : '';
    return { query: `${start}${body} ${fragments.join(' ')}${more}`, variables };
  }

  function selection(type: GraphQLNamedType, depth: number): string {
    if (isAbstractType(type)) {
      const some = Array.from({ length: 1 + choices.number(2) }, () => choices.pick(schema.getPossibleTypes(type)));
      const parts = some.map((possible) => `... on ${possible.name}${condition(0.1)} ${selection(possible, depth)}`);
      return `{ __typename ${[...new Set(parts)].join(' ')} }`;
    }
    if (!isObjectType(type)) return '{ __typename }';
    const all = Object.values(type.getFields());
    const leaves = all.filter((field) => isLeafType(getNamedType(field.type)));
    const open = all.filter((field) => !isLeafType(getNamedType(field.type)));
    const interesting = open.filter(({ name }) => INTERESTING.has(name));
    const texts: string[] = [];
    for (let count = 1 + choices.number(depth === 0 ? 2 : 4); count > 0; count -= 1) {
      const isDeep = depth >= DEEPEST || fields >= MOST_FIELDS || open.length === 0;
      const kind = leaves.length > 0 && (isDeep || choices.chance(0.4)) ? leaves : isDeep ? [] : open;
      const from = kind === open && interesting.length > 0 && choices.chance(0.6) ? interesting : kind;
      if (from.length === 0) break;
      texts.push(
        spread(type.name, isWrong() ? wrongField(type.name, choices.pick(from)) : field(choices.pick(from), depth)),
      );
    }
    if (texts.length === 0 || choices.chance(0.1)) texts.push('__typename');
    return isWrong() && choices.chance(0.2) ? '{ }' : `{ ${texts.join(choices.pick([' ', ',', '\n']))} }`;
  }

  function field(definition: GraphQLField<unknown, unknown>, depth: number): string {
    fields += 1;
    const type = getNamedType(definition.type);
    const given = definition.args.filter((each) => isRequiredArgument(each) !== isWrong() || choices.chance(0.25));
    const texts = given.map((each) => argument(definition.name, each));
    // Two fields of one name must not differ in their arguments.
    const alias = definition.args.length > 0 || choices.chance(0.1) ? nextAlias() : '';
    const below = isLeafType(type) ? '' : ` ${selection(type, depth + 1)}`;
    return `${alias}${definition.name}${texts.length === 0 ? '' : `(${texts.join(', ')})`}${condition(0.05)}${below}`;
  }

  function nextAlias(): string {
    aliases += 1;
    return isWrong() ? `${choices.pick(NAMES)}: ` : `a${aliases}: `;
  }

  function condition(share: number): string {
    if (!choices.chance(share)) return '';
    if (isWrong())
      return choices.pick([' @include', ' @skip(if: 1)', ' @deprecated', ' @key(fields: "id")', ' @__proto__']);
    const value = choices.chance(0.5) ? variable('Boolean!', choices.chance(0.5)) : 'true';
    return ` @${choices.pick(['include', 'skip'])}(if: ${value})`;
  }

  function spread(typeName: string, text: string): string {
    if (!choices.chance(0.1)) return text;
    if (choices.chance(0.5)) return `... ${choices.chance(0.5) ? `on ${typeName}` : ''}${condition(0.2)} { ${text} }`;
    const name = `F${fragments.length}`;
    const itself = isWrong() ? ` ...${name}` : '';
    fragments.push(`fragment ${name} on ${isWrong() ? choices.pick(NAMES) : typeName} { ${text}${itself} }`);
    return `...${name}`;
  }

  function wrongField(typeName: string, { name }: GraphQLField<unknown, unknown>): string {
    return choices.pick([
      choices.pick(NAMES),
      name,
      `${name} { id }`,
      `${name}(${choices.pick(NAMES)}: ${literal(wildValue(choices))})`,
      `${name}(first: 1, first: 2) { __typename }`,
      `${name}(input: $undeclared) { __typename }`,
      `a: __typename a: ${name}`,
      '...Nobody',
      `... on ${choices.pick(NAMES)} { id }`,
      `... on ${typeName} @include(if: $undeclared) { __typename }`,
      '__schema { types { name fields { name args { name } } } }',
      '__type(name: "Customer") { fields { name type { name } } }',
      `"""${choices.pick(['x', '\\"""', '\u0000'])}"""`,
      literal(choices.pick(TEXTS)),
    ]);
  }

  function argument(fieldName: string, { name, type }: GraphQLArgument): string {
    const value = isWrong() ? wildValue(choices) : givenFor(type, name, fieldName, 0);
    const called = isWrong() ? choices.pick(NAMES) : name;
    if (choices.chance(0.4)) return `${called}: ${literal(value, type)}`;
    const declaredType = isWrong() ? choices.pick(['Int', '[ID]', 'CustomerInput!', 'Customer', 'X']) : String(type);
    return `${called}: ${variable(declaredType, value)}`;
  }

  function variable(type: string, value: unknown): string {
    const name = isWrong() ? choices.pick(NAMES) : `v${declared.length}`;
    const fallback = choices.chance(0.05) ? ` = ${literal(choices.chance(0.5) ? value : wildValue(choices))}` : '';
    if (!isWrong()) declared.push(`$${name}: ${type}${fallback}`);
    if (!isWrong()) variables[name] = value;
    return `$${name}`;
  }

  function givenFor(type: GraphQLInputType, name: string, fieldName: string, depth: number): unknown {
    if (isWrong()) return choices.chance(0.5) ? wildValue(choices) : null;
    if (isNonNullType(type)) return givenFor(type.ofType, name, fieldName, depth);
    if (choices.chance(0.03)) return null;
    if (isListType(type)) {
      const inner = type.ofType;
      return Array.from({ length: 1 + choices.number(3) }, () => givenFor(inner, name, fieldName, depth));
    }
    if (isEnumType(type)) return choices.pick(type.getValues()).name;
    if (isInputObjectType(type)) {
      const all = Object.values(type.getFields());
      const chosen = type.isOneOf
        ? [choices.pick(all)]
        : all.filter((each) => isRequiredInputField(each) || (depth < 4 && choices.chance(0.15)));
      return Object.fromEntries(
        chosen.map((each) => [each.name, givenFor(each.type, each.name, fieldName, depth + 1)]),
      );
    }
    return scalar(type.name, name, fieldName);
  }

  function scalar(type: string, name: string, fieldName: string): unknown {
    switch (type) {
      case 'Boolean':
        return choices.chance(0.5);
      case 'Int':
        return name === 'first'
          ? choices.pick([1, 2, 3, 1, 2, 3, 100, 0, -1])
          : choices.pick(NUMBERS.filter(Number.isInteger));
      case 'Float':
        return choices.pick(NUMBERS);
      case 'Date':
        return choices.pick(['1990-02-28', '2026-02-29']);
      case 'DateTime':
      case 'DateOrDateTime':
        return choices.pick([
          '2026-11-21T08:30:00Z',
          '2024-01-01T00:00:00+14:00',
          '9999-12-31T23:59:60Z',
          '1990-02-28',
        ]);
      case 'Decimal':
        return choices.pick(['1290.50', '-0', '1e3']);
      case 'ID':
        return idFor(name, fieldName);
      case '_Any':
        return reference();
      default:
        return textFor(name);
    }
  }

  function idFor(name: string, fieldName: string): string {
    if (choices.chance(0.05)) return choices.pick(TEXTS);
    if (name === 'accounts' || name === 'accountId' || fieldName === 'account') return choices.pick(pool.accounts);
    return choices.pick(/^(vendorId|ownerId|campaignId|coupon|membership)/.test(name) ? pool.vendorIds : pool.ids);
  }

  function textFor(name: string): string {
    if (name === 'after') return choices.pick([...pool.cursors, choices.pick(TEXTS)]);
    if (/email/i.test(name)) return choices.pick([...pool.emails, choices.pick(TEXTS)]);
    if (/phone/i.test(name)) return choices.pick([...pool.phones, choices.pick(TEXTS)]);
    return choices.pick(['An Bình 9', choices.pick(TEXTS)]);
  }

  function reference(): unknown {
    const __typename = choices.pick(['Customer', 'Segment', 'Tag', choices.pick(NAMES)]);
    return choices.pick<() => unknown>([
      () => ({ __typename, id: choices.pick(pool.ids) }),
      () => ({ __typename, accountId: choices.pick(pool.accounts), vendorId: choices.pick(pool.vendorIds) }),
      () => ({ __typename, accountId: choices.pick(TEXTS), vendorId: choices.pick(TEXTS) }),
      () => ({ __typename, id: wildValue(choices) }),
      () => wildValue(choices),
    ])();
  }

  return operation();
}

/** As a document writes it; keys that are no names make a document that is none. */
function literal(value: unknown, type?: GraphQLInputType): string {
  if (Array.isArray(value)) {
    const list = isNonNullType(type) ? type.ofType : type;
    const inner = isListType(list) ? list.ofType : type;
    return `[${value.map((item) => literal(item, inner)).join(', ')}]`;
  }
  const named = type === undefined ? undefined : getNamedType(type);
  if (typeof value === 'object' && value !== null) {
    const fields = isInputObjectType(named) ? named.getFields() : {};
    const texts = Object.entries(value).map(([key, inner]) => {
      const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
      return `${key}: ${literal(inner, field?.type)}`;
    });
    return `{${texts.join(', ')}}`;
  }
  if (typeof value === 'string' && isEnumType(named) && named.getValue(value) !== undefined) return value;
  return JSON.stringify(value) ?? 'null';
}
