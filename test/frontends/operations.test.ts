import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import { publishedArtefact } from '../schema/artefacts.ts';

const schema = buildSchema(publishedArtefact('schema.graphql'));

// Their build says the same, but is no part of the quick suite.
test.each(['apollo', 'fetch'])('the operations of the sample page with %s fit the published schema', (page) => {
  const folder = join(import.meta.dirname, 'src', page);
  const documents = readdirSync(folder)
    .filter((name) => /\.tsx?$/.test(name))
    .flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/graphql\(`([^`]*)`\)/g)])
    .map(([, document = '']) => document);
  expect(documents.length).toBeGreaterThanOrEqual(5);
  expect(validate(schema, parse(documents.join('\n')))).toEqual([]);
});
