import { Agent } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { ask, type HttpAnswer, RequestFailure } from './client.ts';
import { type GatedVendor, startGatedVendor } from './gatedVendor.ts';
import { killPrograms, type Program, type ProgramOptions, startProgram } from './program.ts';

let vendor: GatedVendor;
beforeAll(async () => {
  vendor = await startGatedVendor();
});
const agents: Agent[] = [];
afterEach(() => {
  killPrograms();
  vendor.open();
  for (const agent of agents.splice(0)) agent.destroy();
});
afterAll(() => vendor.close());

/** One connection, kept open. */
function keptConnection(): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  agents.push(agent);
  return agent;
}

const LIST = { query: '{ customers(first: 5) { nodes { id fullName } sources { state } } }' };

/** A program with one list under way, which the CRM does not answer before the gate opens. */
async function startBusy(environment: Record<string, string>, options: ProgramOptions = {}) {
  const program = startProgram({ ...vendor.environment, CALL_TIMEOUT_MS: '60000', ...environment }, options);
  const origin = await program.origin();
  const arrival = vendor.shut();
  const answer = ask(keptConnection(), `${origin}/graphql`, LIST);
  // A test that cuts it off looks at the failure later.
  answer.catch(() => {});
  await arrival;
  return { program, origin, answer };
}

function expectWhole({ status, body }: HttpAnswer): void {
  const { data, errors } = JSON.parse(body);
  expect([status, errors]).toEqual([200, undefined]);
  expect(data.customers.nodes).toHaveLength(5);
  expect(data.customers.sources).toEqual([{ state: 'OK' }]);
}

/** Asks until the program says that it is stopping. */
async function draining(origin: string): Promise<HttpAnswer> {
  const connection = keptConnection();
  for (;;) {
    const answer = await ask(connection, `${origin}/health/ready`);
    if (answer.status !== 200) return answer;
  }
}

/** Knocks until nobody opens any more. */
async function refusing(origin: string): Promise<void> {
  for (;;) {
    try {
      await ask(new Agent(), `${origin}/health/live`);
    } catch (error) {
      if (error instanceof RequestFailure && !error.connected) return;
    }
  }
}

describe('a program that runs', () => {
  test('is live and ready, without a CRM being asked', async () => {
    const origin = await startProgram({ PORT: '0' }).origin();
    const connection = keptConnection();
    const [live, ready] = [
      await ask(connection, `${origin}/health/live`),
      await ask(connection, `${origin}/health/ready`),
    ];
    expect([live.status, JSON.parse(live.body)]).toEqual([200, { status: 'live' }]);
    expect([ready.status, JSON.parse(ready.body)]).toEqual([200, { status: 'ready' }]);
    expect(ready.headers.connection).toBe('keep-alive');
  });

  test('is ready although its CRM does not answer', async () => {
    const { origin } = await startBusy({});
    expect((await ask(keptConnection(), `${origin}/health/ready`)).status).toBe(200);
  });
});

describe('after SIGTERM', () => {
  test('it is live but not ready, answers what is under way, and ends with 0', async () => {
    const { program, origin, answer } = await startBusy({ DRAIN_MS: '1500' });
    const kept = keptConnection();
    expect((await ask(kept, `${origin}/health/ready`)).headers.connection).toBe('keep-alive');
    program.child.kill('SIGTERM');
    const ready = await draining(origin);
    expect([ready.status, JSON.parse(ready.body)]).toEqual([503, { status: 'draining' }]);
    // The connection from before takes one more request, whose answer says goodbye.
    const live = await ask(kept, `${origin}/health/live`);
    expect([live.status, live.headers.connection]).toEqual([200, 'close']);
    await refusing(origin);
    vendor.open();
    const whole = await answer;
    expectWhole(whole);
    expect(whole.headers.connection).toBe('close');
    expect(await program.ended).toBe(0);
    expect(program.said.complaints).toBe('');
  });

  test('a request that comes while it drains is answered like any other', async () => {
    const { program, origin, answer } = await startBusy({ DRAIN_MS: '1500' });
    program.child.kill('SIGTERM');
    await draining(origin);
    vendor.open();
    const late = await ask(keptConnection(), `${origin}/graphql`, LIST);
    expectWhole(late);
    expect(late.headers.connection).toBe('close');
    expectWhole(await answer);
    expect(await program.ended).toBe(0);
  });

  test('an answer from a plan is finished like any other', async () => {
    const program = startProgram({ ...vendor.environment, CALL_TIMEOUT_MS: '60000', DRAIN_MS: '1500' });
    const origin = await program.origin();
    const kept = keptConnection();
    // Leaves the plan.
    expect((await ask(kept, `${origin}/graphql`, LIST)).headers.connection).toBe('keep-alive');
    const arrival = vendor.shut();
    const answer = ask(kept, `${origin}/graphql`, LIST);
    await arrival;
    program.child.kill('SIGTERM');
    await draining(origin);
    vendor.open();
    const whole = await answer;
    expectWhole(whole);
    expect(whole.headers.connection).toBe('close');
    expect(await program.ended).toBe(0);
    expect(program.said.output).toContain('"compiled":true');
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('a second signal, %s, ends it at once', async (second) => {
    // It would drain for a minute.
    const { program, origin, answer } = await startBusy({ DRAIN_MS: '60000' });
    program.child.kill('SIGTERM');
    await draining(origin);
    program.child.kill(second);
    expect(await program.ended).toBe(1);
    await expect(answer).rejects.toBeInstanceOf(RequestFailure);
  });
});

test('a signal to the whole group of "npm start", which ends its shell at once, is one signal', async () => {
  const environment = { DRAIN_MS: '1500', npm_lifecycle_event: 'start' };
  const { program, origin, answer } = await startBusy(environment, { inShell: true });
  process.kill(-(program.child.pid ?? Number.NaN), 'SIGTERM');
  await draining(origin);
  await refusing(origin);
  vendor.open();
  expectWhole(await answer);
});

describe('a defect that nobody caught', () => {
  const SECRET = 'Nguyễn Văn An, +84363000000';

  /** Code for `--import`; encoded, because the address of a module shows in its stack traces. */
  const onSignal = (code: string): ProgramOptions => {
    const module = `process.on('SIGUSR2', () => { ${code} });`;
    return { nodeArguments: ['--import', `data:text/javascript;base64,${Buffer.from(module).toString('base64')}`] };
  };

  async function endAfter(program: Program, origin: string, answer: Promise<HttpAnswer>, line: RegExp) {
    await program.complained(line);
    expect((await draining(origin)).status).toBe(503);
    vendor.open();
    expectWhole(await answer);
    expect(await program.ended).toBe(1);
  }

  test.each([
    [
      'a rejected promise',
      `Promise.reject(new Error('${SECRET}'));`,
      /^\{.*"kind":"defect","correlationId":"unhandledRejection","error":"Error","places":\[/,
    ],
    [
      'a promise rejected with a text',
      `Promise.reject('${SECRET}');`,
      /"kind":"defect","correlationId":"unhandledRejection","error":"string","places":\[\]/,
    ],
    [
      'a thrown error',
      `throw new TypeError('${SECRET}');`,
      /^\{.*"kind":"defect","correlationId":"uncaughtException","error":"TypeError","places":\[/,
    ],
    [
      'a message that looks like a stack trace',
      `Promise.reject(new Error('x\\n    at ${SECRET}\\n    at ${SECRET}'));`,
      /^\{.*"kind":"defect","correlationId":"unhandledRejection","error":"Error","places":\[/,
    ],
  ])(
    '%s is reported without its message; what is under way is answered, then it ends with 1',
    async (_, code, line) => {
      const { program, origin, answer } = await startBusy({ DRAIN_MS: '1500' }, onSignal(code));
      program.child.kill('SIGUSR2');
      await endAfter(program, origin, answer, line);
      expect(program.said.output + program.said.complaints).not.toContain(SECRET);
    },
  );

  test('while it is stopping anyway makes it end with 1', async () => {
    const { program, origin, answer } = await startBusy({ DRAIN_MS: '1500' }, onSignal(`Promise.reject(1);`));
    program.child.kill('SIGTERM');
    await draining(origin);
    program.child.kill('SIGUSR2');
    await endAfter(
      program,
      origin,
      answer,
      /"kind":"defect","correlationId":"unhandledRejection","error":"number","places":\[\]/,
    );
  });
});
