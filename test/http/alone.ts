import { systemClock } from '../../src/crm/clock.ts';
import { CrmError } from '../../src/crm/errors.ts';
import { openConnection } from '../../src/http/send.ts';

// Run as a process of its own, to measure what reading an answer costs and to trust a certificate authority of a test:
// node alone.ts <base URL> <times> [warm]

const [baseUrl = '', times = '1', warm] = process.argv.slice(2);
const MEBIBYTE = 1024 * 1024;
/** Longer than any answer takes on a busy machine. */
const TIME_MS = 60_000;

const { send, close } = openConnection({
  account: { id: 'shop-1', vendor: 'acme', region: 'EC', timeZone: 'UTC' },
  baseUrl: new URL(baseUrl),
  clock: systemClock,
  random: () => 0,
  callTimeout: TIME_MS,
  concurrency: 1,
  requestsPerSecond: undefined,
  secrets: [],
});

function processorMicroseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return user + system;
}

async function outcome(): Promise<string> {
  const call = { deadline: systemClock.now() + TIME_MS };
  try {
    await send({ method: 'GET', path: '/things', repeatable: true, failure: () => undefined }, call);
    return 'fine';
  } catch (error) {
    return error instanceof CrmError ? `${error.code} ${error.facts.executed}` : String(error);
  }
}

// The first request loads and compiles what all others use.
if (warm !== undefined) await outcome();
const before = process.memoryUsage.rss();
let most = before;
// Processor time of this thread, because on a busy machine the clock goes on while we do not.
let used = processorMicroseconds();
let longest = 0;
const sampling = setInterval(() => {
  most = Math.max(most, process.memoryUsage.rss());
  longest = Math.max(longest, processorMicroseconds() - used);
  used = processorMicroseconds();
}, 2);
const outcomes: string[] = [];
for (let time = 0; time < Number(times); time += 1) outcomes.push(await outcome());
clearInterval(sampling);
await close();
process.stdout.write(
  JSON.stringify({
    outcomes: [...new Set(outcomes)],
    grownMebibytes: Math.round((most - before) / MEBIBYTE),
    stallMilliseconds: Math.round(longest / 1e3),
  }),
);
