import { GraphQLError, GraphQLScalarType, type GraphQLScalarTypeConfig, Kind } from 'graphql';
import { z } from 'zod';

// zod's ISO patterns also know the calendar: 2026-02-30 is no day.
const day = z.iso.date();
const instant = z.iso.datetime({ offset: true });
const LONGEST_TIME = 40;

/** A text scalar that is checked on its way in; on its way out it is what our own code made. */
function textScalar(
  name: string,
  example: string,
  valid: (text: string) => boolean,
): GraphQLScalarType<string, string> {
  const parse = (value: unknown): string => {
    if (typeof value === 'string' && value.length <= LONGEST_TIME && valid(value)) return value;
    throw new GraphQLError(`${name} must look like ${example}.`, { extensions: { code: 'BAD_USER_INPUT' } });
  };
  const config: GraphQLScalarTypeConfig<string, string> = {
    name,
    serialize: String,
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined),
  };
  return new GraphQLScalarType(config);
}

export const scalars = {
  Date: textScalar('Date', '2026-11-21', (text) => day.safeParse(text).success),
  DateTime: textScalar('DateTime', '2026-11-21T08:30:00Z', (text) => instant.safeParse(text).success),
  DateOrDateTime: textScalar(
    'DateOrDateTime',
    '2026-11-21 or 2026-11-21T08:30:00Z',
    (text) => day.safeParse(text).success || instant.safeParse(text).success,
  ),
  Decimal: textScalar('Decimal', '1290.50', (text) => /^-?\d{1,30}(\.\d{1,8})?$/.test(text)),
  JSON: new GraphQLScalarType({ name: 'JSON' }),
};
