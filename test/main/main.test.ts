import { afterEach, expect, test } from '@jest/globals';
import { killPrograms, startProgram } from '../lifecycle/program.ts';

afterEach(killPrograms);

test('without settings it is a demo whose example queries work, and SIGTERM ends it well', async () => {
  const program = startProgram({ PORT: '0' });
  await program.printed(/Ctrl\+C stops it\.\n/);
  const { output } = program.said;
  expect(output).toMatch(/^DEMO: /);
  const url = /http:\/\/\S+/.exec(output)?.[0] ?? '';
  const queries = output.split('\n').filter((line) => line.trim().startsWith('{'));
  expect(queries).toHaveLength(2);
  for (const query of queries) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const answer = (await response.json()) as { data: Record<string, unknown>; errors?: unknown };
    expect(answer.errors).toBeUndefined();
    expect(JSON.stringify(answer.data)).toContain('fullName');
  }
  program.child.kill('SIGTERM');
  expect(await program.ended).toBe(0);
  expect(program.said.complaints).toBe('');
});

test('the audit trail has a write when its answer comes, whatever ends the process then', async () => {
  const program = startProgram({ PORT: '0' });
  const origin = await program.origin();
  const input = '{ accountId: "fecify", customer: { email: "li@example.com", firstName: "Na", lastName: "Li" } }';
  const response = await fetch(new URL('/graphql', origin), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: `mutation { customerCreate(input: ${input}) { outcome } }` }),
  });
  program.child.kill('SIGKILL');
  expect(await response.json()).toMatchObject({ data: { customerCreate: { outcome: 'CREATED' } } });
  await program.ended;
  expect(program.said.output).toMatch(/"kind":"audit".*"mutation":"customerCreate"/);
});

test('--demo is a demo whatever accounts are set, and leaves their database alone', async () => {
  const settings = {
    PORT: '0',
    ACCOUNTS_FILE: '/nowhere/accounts.json',
    MERCATELY_API_KEY: 'key',
    STORE_FILE: '/nowhere/s',
  };
  const program = startProgram(settings, { programArguments: ['--demo'] });
  await program.origin();
  expect(program.said.output).toMatch(/^DEMO: /);
});

test('--demo is refused in production', async () => {
  const { said, ended } = startProgram({ NODE_ENV: 'production' }, { programArguments: ['--demo'] });
  expect(await ended).toBe(1);
  expect(said.complaints).toMatch(/the demo never runs there\.\n$/);
});

test('SIGINT ends it well too, and the explorer is there for a browser', async () => {
  const program = startProgram({ PORT: '0' });
  const [url] = await program.printed(/http:\/\/\S+(?=[\s\S]*Ctrl\+C)/);
  const page = await fetch(url, { headers: { accept: 'text/html' } });
  expect(page.status).toBe(200);
  expect(page.headers.get('content-type')).toContain('text/html');
  program.child.kill('SIGINT');
  expect(await program.ended).toBe(0);
});

test.each([
  ['production without an account', { NODE_ENV: 'production' }, 'ACCOUNTS_FILE', 'no value'],
  ['a port that is no number', { PORT: 'abc' }, 'PORT', 'abc'],
  ['a host that others can reach', { HOST: '0.0.0.0' }, 'HOST', '0.0.0.0'],
  ['a file that is not there', { ACCOUNTS_FILE: '/nowhere/accounts.json' }, 'ACCOUNTS_FILE', 'nowhere'],
])('%s ends it with one sentence that names the setting and not its value', async (_, environment, name, value) => {
  const { said, ended } = startProgram(environment);
  expect(await ended).toBe(1);
  expect(said.output).toBe('');
  expect(said.complaints).toMatch(/^[^\n]+\.\n$/);
  expect(said.complaints).toContain(name);
  expect(said.complaints).not.toContain(value);
});

test('a port in use is said in one sentence', async () => {
  const first = startProgram({ PORT: '0' });
  const [, port = ''] = await first.printed(/http:\/\/[^:]+:(\d+)[\s\S]*Ctrl\+C/);
  const second = startProgram({ PORT: port });
  expect(await second.ended).toBe(1);
  expect(second.said.complaints).toMatch(/^PORT is in use[^\n]+\.\n$/);
});

test.each(['--help', '-h'])('%s prints help and starts nothing', async (argument) => {
  const { said, ended } = startProgram({ PORT: 'abc' }, { programArguments: [argument] });
  expect(await ended).toBe(0);
  expect(said.output).toContain('npm start');
  expect(said.complaints).toBe('');
});

test('an unknown argument is refused and not repeated', async () => {
  const { said, ended } = startProgram({}, { programArguments: ['--sercet=abc'] });
  expect(await ended).toBe(2);
  expect(said.complaints).toMatch(/^Unknown argument[^\n]+\.\n$/);
});
