import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { startGraph } from '../support/graph.ts';
import { ROOT, readPages } from './pages.ts';
import { GENERATED, placesIn, withTables } from './tables.ts';

const pages = readPages();
const readme = pages.find(({ path }) => path === 'README.md')?.text ?? '';
const all = pages.map(({ text }) => text).join('\n');
const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

test('the tables of the pages are what the code says; "npm run readme" renews them', () => {
  for (const { path, text } of pages) expect([path, text]).toEqual([path, withTables(text)]);
  expect(pages.flatMap(({ text }) => placesIn(text)).toSorted()).toEqual(Object.keys(GENERATED).toSorted());
});

test("the README's first query gives the README's answer", async () => {
  const query = /-d '(\{"query":[^']*\})'/.exec(readme)?.[1] ?? '';
  const answer = /<!-- first answer -->\n```json\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const graph = await startGraph({ customers: 500 });
  try {
    const { query: text } = JSON.parse(query) as { query: string };
    expect({ data: (await graph.ask(text)).data }).toEqual(JSON.parse(answer));
  } finally {
    await graph.stop();
  }
});

test('the pages name every command of package.json that people type, and no other', () => {
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
  const code = [...all.matchAll(/```sh\n([\s\S]*?)```|`([^`\n]+)`/g)].map(([, block, inline]) => block ?? inline);
  const named = new Set(
    [...code.join('\n').matchAll(/\bnpm (?:(start|test)\b|run (?:-s )?([a-z:]+))/g)].map(
      ([, own, name]) => own ?? name,
    ),
  );
  for (const name of named) expect(Object.keys(scripts)).toContain(name);
  for (const name of Object.keys(scripts).filter((script) => !/^(pre|check:)/.test(script)))
    expect([...named]).toContain(name);
});

test('the example settings list every setting that the pages or the code name, and the pages name each of them', () => {
  const known = new Set([...textOf('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name));
  const inCode = [
    ...textOf('src/config.ts').matchAll(/(?:setting|onOrOff|wholeNumber)\((?:setting, )?'([A-Z_]+)'/g),
  ].map(([, name]) => name);
  const inPages = [
    ...all.matchAll(/`((?:SALEKIT|LADIFLOW|FECIFY|MERCATELY|HEIDIANER|CRM|ACCOUNTS|NODE_ENV)[A-Z_]*)\b/g),
  ].map(([, name]) => name);
  for (const name of [...inCode, ...inPages]) expect(known).toContain(name);
  // Each CRM's address is named once for all: <CRM>_BASE_URL.
  const unnamed = [...known].filter((name) => !name.endsWith('_BASE_URL') && !new RegExp(`\\b${name}\\b`).test(all));
  expect(unnamed).toEqual([]);
});

test('every metric, and every field of the log, is in the pages', () => {
  const log = textOf('src/watching/log.ts');
  const fields = [...log.matchAll(/^ {8}(\w+)(?::.*)?,$/gm)].map(([, name]) => name);
  const metrics = [...textOf('src/watching/metrics.ts').matchAll(/'(crm_[a-z_]+)'/g)].map(([, name]) => name);
  expect([fields.length > 10, metrics.length > 10]).toEqual([true, true]);
  expect([...fields, ...metrics].filter((name) => !all.includes(`\`${name}\``))).toEqual([]);
});

test('the README counts the examples of the explorer right', () => {
  const examples = readdirSync(join(ROOT, 'src/explorer/examples'), { recursive: true, encoding: 'utf8' });
  const counted = examples.filter((name) => name.endsWith('.graphql')).length;
  expect(/(\d+) examples/.exec(readme)?.[1]).toBe(String(counted));
});
