import type { Answer } from '../support/graph.ts';

/** Fields that are about the read and not about the customer, or lists of their own. */
export const NOT_THE_CUSTOMER = [
  'account',
  'accountId',
  'completeness',
  'events',
  'fetchedAt',
  'freshness',
  'id',
  'unreadableFields',
  'vendorData',
  'vendorId',
];

/** Differs from read to read of the same record. */
const ABOUT_THE_READ = ['fetchedAt', 'freshness'];

interface TypeReference {
  readonly kind: string;
  readonly name: string | null;
  readonly ofType: TypeReference | null;
}

const TYPE = 'type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }';

/** The names of all fields of `Customer`, as the schema tells them. */
export async function customerFieldNames(ask: (query: string) => Promise<Answer['data']>): Promise<readonly string[]> {
  const data = await ask('{ __type(name: "Customer") { fields { name } } }');
  return data.__type.fields.map(({ name }: { name: string }) => name);
}

/** Selects every field of `Customer`, and of what hangs on it every plain field: made from the schema, so complete. */
export async function customerSelection(ask: (query: string) => Promise<Answer['data']>): Promise<string> {
  const { __schema: schema } = await ask(`{ __schema { types { name fields { name args { name } ${TYPE} } } } }`);
  const fieldsOf = (type: string): readonly { name: string; args: unknown[]; type: TypeReference }[] =>
    schema.types.find(({ name }: { name: string }) => name === type).fields;
  const isPlain = ({ type }: { type: TypeReference }) => ['SCALAR', 'ENUM'].includes(named(type).kind);
  return fieldsOf('Customer')
    .filter(({ name }) => !['account', 'events', 'vendorData', ...ABOUT_THE_READ].includes(name))
    .map((field) =>
      isPlain(field)
        ? field.name
        : `${field.name} { ${fieldsOf(named(field.type).name ?? '')
            .filter((inner) => isPlain(inner) && !ABOUT_THE_READ.includes(inner.name))
            .map(({ name }) => name)
            .join(' ')} }`,
    )
    .join(' ');
}

function named(type: TypeReference): TypeReference {
  return type.ofType === null || type.ofType === undefined ? type : named(type.ofType);
}
