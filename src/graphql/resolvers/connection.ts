import type { ConnectionModel, EdgeModel, PageInfoModel } from '../models.ts';

/** Resolvers that every connection type shares: the fields of a page over accounts. */
export const connection = {
  edges: <Node>(page: ConnectionModel<Node>): EdgeModel<Node>[] =>
    page.nodes.map((node, index) => ({ node, cursor: () => page.cursorAt(index) })),
  pageInfo: (page: ConnectionModel<unknown>): PageInfoModel => ({
    hasNextPage: page.hasNextPage,
    hasPreviousPage: false,
    startCursor: () => (page.nodes.length === 0 ? null : page.cursorAt(0)),
    endCursor: () => page.endCursor(),
  }),
};
