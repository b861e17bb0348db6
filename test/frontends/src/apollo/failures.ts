import { CombinedGraphQLErrors } from '@apollo/client';
import { UNREACHABLE } from '../shared/sources.ts';

/** For people: what the graph says of an operation that it refused as a whole, or that no answer came. */
export const messageOf = (error: unknown): string => (CombinedGraphQLErrors.is(error) ? error.message : UNREACHABLE);
