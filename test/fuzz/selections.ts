import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isLeafType,
  isObjectType,
} from 'graphql';

/** Small pages: what is looked at is one answer, not many of a kind. */
const PAGE = 'first: 2';
/** The same records a second time, and what no CRM says. */
const LEFT_OUT = new Set(['edges', 'account', 'pageInfo']);
/** What may take a request of its own, and so has a selection of its own. */
const APART = new Set(['addresses', 'customers', 'customer', 'events', 'owner', 'segments', 'tags']);
/** Where records are, in lists and look-ups. */
const RECORDS = new Set(['nodes', 'matches']);
const DEEPEST = 3;

/** A few selections that together hold every field a CRM could fill. */
export function selectionsOf(schema: GraphQLSchema, type: GraphQLNamedType): readonly string[] {
  // Of records customers: fields of the same name differ between types.
  if (isAbstractType(type)) {
    const customer = schema.getType('Customer') as GraphQLNamedType;
    return selectionsOf(schema, customer).map((selection) => `{ ... on Customer ${selection} }`);
  }
  if (!isObjectType(type)) return [];
  const fields = Object.values(type.getFields());
  const records = fields.find(({ name }) => RECORDS.has(name));
  if (records !== undefined) {
    const others = fields.filter((field) => field !== records).flatMap((field) => plain(schema, field, 0));
    return selectionsOf(schema, typeOf(records)).map((each) => `{ ${records.name} ${each} ${others.join(' ')} }`);
  }
  const together = fields.filter(({ name }) => !APART.has(name)).flatMap((field) => plain(schema, field, 0));
  const apart = fields.filter(({ name }) => APART.has(name)).flatMap((field) => plain(schema, field, 0));
  return [`{ ${together.join(' ')} }`, ...apart.map((field) => `{ ${field} }`)];
}

const typeOf = (field: GraphQLField<unknown, unknown>): GraphQLNamedType => getNamedType(field.type);

/** The field with all below it that needs no further request. */
function plain(schema: GraphQLSchema, field: GraphQLField<unknown, unknown>, depth: number): string[] {
  const type = typeOf(field);
  if (isLeafType(type)) return [field.name];
  if (LEFT_OUT.has(field.name) || depth > DEEPEST) return [];
  const page = field.args.some(({ name }) => name === 'first') ? `(${PAGE})` : '';
  const below = plainBelow(schema, type, depth + 1);
  return below === '' ? [] : [`${field.name}${page} { ${below} }`];
}

function plainBelow(schema: GraphQLSchema, type: GraphQLNamedType, depth: number): string {
  if (isAbstractType(type)) {
    const parts = schema
      .getPossibleTypes(type)
      .map((each) => `... on ${each.name} { ${plainBelow(schema, each, depth)} }`);
    return parts.join(' ');
  }
  if (!isObjectType(type)) return '';
  const fields = Object.values(type.getFields()).filter(({ name }) => !APART.has(name));
  return fields.flatMap((field) => plain(schema, field, depth)).join(' ');
}
