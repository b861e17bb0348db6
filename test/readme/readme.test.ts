import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { startGraph } from '../support/graph.ts';
import { withTables } from './tables.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');

test('the tables of the README are what the code says; "npm run readme" renews them', () => {
  expect(readme).toBe(withTables(readme));
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

test('the README names every command of package.json that people type, and no other', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const named = new Set(
    [...readme.matchAll(/`?npm (?:run )?([a-z]+(?::[a-z]+)?)\b/g)]
      .map(([, name]) => name)
      .filter((name) => name !== 'ci' && name !== 'and' && name !== 'install'),
  );
  for (const name of named) expect(Object.keys(scripts)).toContain(name);
  for (const name of Object.keys(scripts).filter((script) => !/^(pre|check:)/.test(script)))
    expect([...named]).toContain(name);
});

test('the example settings list every setting that the README or the code names', () => {
  const example = readFileSync(join(ROOT, '.env.example'), 'utf8');
  const known = new Set([...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name));
  const config = readFileSync(join(ROOT, 'src/config.ts'), 'utf8');
  const inCode = [...config.matchAll(/setting\('([A-Z_]+)'\)|wholeNumber\(setting, '([A-Z_]+)'/g)].map(
    ([, direct, number]) => direct ?? number,
  );
  const inReadme = [
    ...readme.matchAll(/`((?:SALEKIT|LADIFLOW|FECIFY|MERCATELY|HEIDIANER|CRM|ACCOUNTS|NODE)_[A-Z_]+)\b/g),
  ].map(([, name]) => name);
  for (const name of [...inCode, ...inReadme]) expect(known).toContain(name);
});
