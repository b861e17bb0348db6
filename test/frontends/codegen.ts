import type { CodegenConfig } from '@graphql-codegen/cli';
import { addTypenameSelectionDocumentTransform } from '@graphql-codegen/client-preset';

/** For both pages: what the graph's scalars are in JSON, and types that fit the fields that are asked for, no more. */
const config = {
  enumsAsTypes: true,
  immutableTypes: true,
  useTypeImports: true,
  strictScalars: true,
  scalars: { Date: 'string', DateTime: 'string', DateOrDateTime: 'string', Decimal: 'string', JSON: 'unknown' },
};
const presetConfig = {
  // Its usual name, useFragment, looks like a React hook and is none.
  fragmentMasking: { unmaskFunctionName: 'readFragment' },
  // A digest in every document, and a list of all of them for the safelist.
  persistedDocuments: { hashAlgorithm: 'sha256' },
};

const codegen: CodegenConfig = {
  schema: '../../schema/published/schema.graphql',
  generates: {
    'src/apollo/gql/': {
      preset: 'client',
      documents: ['src/apollo/*.tsx'],
      // As Apollo Client's cache wants it; the digest is then of what Apollo Client would send.
      documentTransforms: [addTypenameSelectionDocumentTransform],
      presetConfig,
      config,
    },
    'src/fetch/gql/': {
      preset: 'client',
      documents: ['src/fetch/*.ts'],
      presetConfig,
      // Nobody takes documents apart here: no parser in the page.
      config: { ...config, documentMode: 'string' },
    },
  },
};

export default codegen;
