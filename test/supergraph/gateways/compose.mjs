// Apollo's own composition: node compose.mjs <folder of .graphql files and a subgraphs.json with their names and addresses>
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

const folder = process.argv[2];
const subgraphs = JSON.parse(readFileSync(join(folder, 'subgraphs.json'), 'utf8'));
const { errors, supergraphSdl } = composeServices(
  subgraphs.map(({ name, url }) => ({
    name,
    url,
    typeDefs: parse(readFileSync(join(folder, `${name}.graphql`), 'utf8')),
  })),
);
if (errors?.length) {
  process.stderr.write(`${errors.map(({ message }) => message).join('\n')}\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(supergraphSdl);
}
