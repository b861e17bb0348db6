import { z } from 'zod';
import { type EmulatorOptions, startEmulator } from '../../../src/emulation/emulator.ts';
import { people } from '../../../src/emulation/people.ts';

export const credentials = { token: 'toy-token' };

const number = z.string().regex(/^\d+$/);

export function start(options: EmulatorOptions = {}) {
  const everybody = people(options.customers ?? 500).map(({ index, fullName, email }) => ({
    key: `p${index}`,
    called: fullName,
    mail: index % 2 === 0 ? email : null,
  }));
  const failure = (status: number) => ({ status, body: { wrong: status } });
  const vendor = {
    headers: ['x-toy-token'],
    basePath: '',
    quirks: {},
    reset() {},
    records: () => ({ people: everybody }),
    failure,
    failureInside200: (status: number) => ({ status: 200, body: { wrong: status } }),
    unknownRoute: () => failure(404),
    authorize: ({ headers }: { headers: Readonly<Record<string, unknown>> }) =>
      headers['x-toy-token'] === credentials.token ? undefined : failure(401),
    routes: [
      {
        operation: 'listPeople',
        method: 'GET',
        path: '/people',
        query: z.strictObject({ from: number, count: number }),
        handle({ query }: { query: Readonly<Record<string, string>> }) {
          const from = Number(query.from);
          const rows = everybody.slice(from, from + Number(query.count));
          return { status: 200, body: { people: rows, all: everybody.length } };
        },
      },
      {
        operation: 'getPerson',
        method: 'GET',
        path: '/people/{key}',
        handle({ path }: { path: Readonly<Record<string, string>> }) {
          const person = everybody.find(({ key }) => key === path.key);
          return person === undefined ? failure(404) : { status: 200, body: person };
        },
      },
    ],
  };
  return startEmulator(() => vendor, options);
}
