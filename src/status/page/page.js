// Draws what /status.json says, and asks again every few seconds while somebody looks.

const REFRESH_MS = 5000;
const WIDTH = 360;
const CONDITIONS = {
  resting: { tone: 'bad', word: 'Left alone', rank: 0 },
  refused: { tone: 'bad', word: 'Refuses us', rank: 1 },
  failing: { tone: 'bad', word: 'Failing', rank: 2 },
  throttled: { tone: 'warn', word: 'Throttled', rank: 3 },
  drifting: { tone: 'warn', word: 'Drifting', rank: 4 },
  well: { tone: 'well', word: 'Well', rank: 5 },
  idle: { tone: 'rest', word: 'Idle', rank: 6 },
};
const BREAKERS = { CLOSED: 'closed', HALF_OPEN: 'trying again', OPEN: 'open' };
const OUTCOMES = [
  ['ok', 'answered'],
  ['throttled', 'throttled'],
  ['failed', 'failed'],
  ['held', 'held back by us'],
];

const byId = (id) => document.getElementById(id);
let credential;
let shownAt = 0;
let lostSince = 0;

function element(space, name, attributes, children) {
  const made = space === '' ? document.createElement(name) : document.createElementNS(space, name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return made;
}
const h = (name, attributes = {}, ...children) => element('', name, attributes, children);
const s = (name, attributes = {}, ...children) => element('http://www.w3.org/2000/svg', name, attributes, children);

const sum = (items, read) => items.reduce((total, item) => total + read(item), 0);
const plural = (count, word) => `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;
const round = (number) => Math.round(number * 10) / 10;

function time(milliseconds) {
  if (milliseconds === null) return '–';
  return milliseconds < 1000 ? `${milliseconds} ms` : `${round(milliseconds / 1000)} s`;
}

function ago(instant, now) {
  const seconds = Math.max(0, Math.round((now - instant) / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min ago`;
  return seconds < 172800 ? `${Math.round(seconds / 3600)} h ago` : `${Math.round(seconds / 86400)} days ago`;
}

/** Latency above, outcomes below, on one time axis. */
function chart({ steps, id }, stepMilliseconds) {
  const top = 12;
  const tall = 62;
  const floor = top + tall;
  const bars = 26;
  const wide = WIDTH / steps.length;
  const slowest = Math.max(10, ...steps.map(({ p99 }) => p99 ?? 0));
  const most = Math.max(4, ...steps.map((step) => sum(OUTCOMES, ([kind]) => step[kind])));
  const x = (index) => round((index + 0.5) * wide);
  const y = (milliseconds) => round(floor - (milliseconds / slowest) * tall);
  // Where nothing was answered the line has a gap.
  const runs = [];
  steps.forEach((step, index) => {
    if (step.p50 === null) return;
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1).index === index - 1) run.push({ index, ...step });
    else runs.push([{ index, ...step }]);
  });
  const line = (run, which) => run.map((step) => `${x(step.index)},${y(step[which])}`).join(' ');
  const picture = s(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${floor + bars + 12}`, role: 'img', 'aria-label': `Latency and outcomes of ${id}` },
    s('line', { class: 'grid', x1: 0, x2: WIDTH, y1: top, y2: top }),
    s('line', { class: 'grid', x1: 0, x2: WIDTH, y1: top + tall / 2, y2: top + tall / 2 }),
    s('line', { class: 'grid', x1: 0, x2: WIDTH, y1: floor, y2: floor }),
    runs.map((run) =>
      run.length === 1
        ? [
            s('circle', { class: 'dot', cx: x(run[0].index), cy: y(run[0].p50), r: 2.2 }),
            s('line', {
              class: 'p99',
              x1: x(run[0].index),
              x2: x(run[0].index),
              y1: y(run[0].p50),
              y2: y(run[0].p99),
            }),
          ]
        : [
            s('polygon', {
              class: 'between',
              points: `${line(run, 'p99')} ${run
                .toReversed()
                .map((step) => `${x(step.index)},${y(step.p50)}`)
                .join(' ')}`,
            }),
            s('polyline', { class: 'p99', points: line(run, 'p99') }),
            s('polyline', { class: 'p50', points: line(run, 'p50') }),
          ],
    ),
    runs.length > 0 ? s('text', { class: 'axis', x: 0, y: 9 }, time(slowest)) : null,
    runs.length > 0 ? null : s('text', { class: 'none', x: WIDTH / 2, y: top + tall / 2 - 6 }, 'no answers yet'),
    s('text', { class: 'axis', x: WIDTH, y: 9, 'text-anchor': 'end' }, '— p50  - - p99'),
    steps.map((step, index) => {
      let foot = floor + 7;
      const parts = OUTCOMES.filter(([kind]) => step[kind] > 0).map(([kind, word]) => {
        const height = Math.max(2, round((step[kind] / most) * bars));
        const bar = s('rect', {
          class: `bar-${kind}`,
          x: round(index * wide + 0.6),
          y: foot,
          width: round(wide - 1.2),
          height,
          rx: 1,
        });
        foot += height + 0.6;
        bar.append(s('title', {}, `${step[kind]} ${word}, ${whenOf(index, steps.length, stepMilliseconds)}`));
        return bar;
      });
      return parts;
    }),
  );
  const minutes = Math.round((steps.length * stepMilliseconds) / 60000);
  return h(
    'div',
    { class: 'chart' },
    picture,
    h('div', { class: 'scale' }, h('span', {}, `${minutes} min ago`), h('span', {}, 'now')),
  );
}

function whenOf(index, count, stepMilliseconds) {
  const seconds = ((count - 1 - index) * stepMilliseconds) / 1000;
  return seconds === 0 ? 'now' : `${seconds >= 60 ? `${round(seconds / 60)} min` : `${seconds} s`} ago`;
}

/** A switch in a wire: whoever is asked has it closed. */
function breaker(state) {
  const lever = { CLOSED: 'M16 13 H40', HALF_OPEN: 'M16 13 L39 7', OPEN: 'M16 13 L35 2.5' }[state];
  return s(
    'svg',
    { class: `breaker ${state}`, viewBox: '0 0 56 20', role: 'img', 'aria-label': `breaker ${BREAKERS[state]}` },
    s('path', { class: 'wire', d: `M2 13 H13 M43 13 H54 ${lever}` }),
    s('circle', { class: 'contact', cx: 15, cy: 13, r: 2.6 }),
    s('circle', { class: 'contact', cx: 41, cy: 13, r: 2.6 }),
  );
}

function meter(part, tone, label) {
  const share = Math.min(1, Math.max(0, part)) * 100;
  return s(
    'svg',
    { class: 'meter', viewBox: '0 0 100 8', preserveAspectRatio: 'none', role: 'img', 'aria-label': label },
    s('rect', { class: 'track', width: 100, height: 8, rx: 2 }),
    share > 0 ? s('rect', { class: `bar-${tone}`, width: Math.max(1.5, share), height: 8, rx: 2 }) : null,
  );
}

const row = (name, ...children) => [h('dt', {}, name), h('dd', {}, ...children)];

function number(name, value, tone) {
  return h('div', {}, h('dt', {}, name), h('dd', tone === undefined ? {} : { class: tone }, value));
}

function gauges(account, now) {
  const { queue, quota, heldUntil } = account;
  const used = queue.places === 0 ? 0 : queue.inFlight / queue.places;
  const waiting = queue.waiting > 0 ? `, ${queue.waiting} waiting` : '';
  const rows = [
    row(
      'Breaker',
      breaker(account.breaker),
      h('span', { class: `state ${account.breaker}` }, BREAKERS[account.breaker]),
    ),
    row(
      'Under way',
      meter(used, queue.waiting > 0 ? 'throttled' : 'ok', 'places in use'),
      h('span', {}, `${queue.inFlight} of ${queue.places}${waiting}`),
    ),
  ];
  if (quota !== null) {
    const left = quota.left / Math.max(1, quota.perSecond);
    rows.push(
      row(
        'Quota left',
        meter(left, left < 0.25 ? 'throttled' : 'ok', 'quota left'),
        h('span', {}, `${quota.left} of ${quota.perSecond}/s`),
      ),
    );
  }
  if (heldUntil !== null)
    rows.push(
      row('On hold', h('span', {}, `the CRM asked for ${plural(Math.ceil((heldUntil - now) / 1000), 'second')} more`)),
    );
  return h('dl', { class: 'gauges' }, rows.flat());
}

function lastError({ lastError: error, lastSuccessAt, condition }, now) {
  if (error === null) return null;
  const isOver =
    lastSuccessAt !== null && lastSuccessAt > error.at && (condition === 'well' || condition === 'drifting');
  return h(
    'p',
    { class: isOver ? 'error' : 'error fresh-error' },
    h('b', {}, error.code),
    error.status === null ? '' : ` (HTTP ${error.status})`,
    `, ${ago(error.at, now)}`,
    h('br'),
    h('code', {}, error.request),
  );
}

function drift({ fields, unreadableRows }, now) {
  if (fields.length === 0 && unreadableRows === 0) return null;
  const shown = fields.slice(0, 8);
  return h(
    'div',
    { class: 'drift' },
    'Outside its contract since the start:',
    h(
      'ul',
      { class: 'chips' },
      shown.map(({ field, count, lastAt }) =>
        h('li', { title: `last ${ago(lastAt, now)}` }, h('code', {}, field), ` × ${count}`),
      ),
      fields.length > shown.length ? h('li', {}, `${fields.length - shown.length} more fields`) : null,
      unreadableRows > 0 ? h('li', {}, `${plural(unreadableRows, 'row')} without a usable id`) : null,
    ),
  );
}

function capabilities({ id, capabilities: names }) {
  const key = `can-${id}`;
  const open = byId(key)?.open === true;
  const list = h(
    'details',
    { id: key },
    h('summary', { id: `${key}-summary` }, plural(names.length, 'capability').replace('capabilitys', 'capabilities')),
    h(
      'ul',
      { class: 'chips' },
      names.map((name) => h('li', {}, name.toLowerCase().replaceAll('_', ' '))),
    ),
  );
  list.open = open;
  return list;
}

function card(account, report) {
  const { tone, word } = CONDITIONS[account.condition];
  const count = (kind) => sum(account.steps, (step) => step[kind]);
  const all = sum(OUTCOMES, ([kind]) => count(kind));
  const share = (kind) => (all === 0 ? 0 : count(kind) / all);
  const percent = (part) => (part === 0 ? '0 %' : part < 0.01 ? '<1 %' : `${Math.round(part * 100)} %`);
  const bad = share('failed') + share('held');
  return h(
    'article',
    { class: `account tone-${tone}`, 'data-account': account.id, 'data-condition': account.condition },
    h(
      'div',
      { class: 'name' },
      h(
        'div',
        {},
        h('h2', {}, account.label),
        h('p', { class: 'which' }, `${account.vendor.label} · `, h('code', {}, account.id)),
      ),
      h('span', { class: 'pill' }, word),
    ),
    h('p', { class: 'sentence' }, account.sentence),
    chart(account, report.stepMilliseconds),
    h(
      'dl',
      { class: 'numbers' },
      number('p50', time(account.latency.p50)),
      number('p99', time(account.latency.p99)),
      number('requests', all.toLocaleString('en')),
      share('throttled') > bad
        ? number('throttled', percent(share('throttled')), 'warn')
        : number('failed', percent(bad), bad > 0 ? 'bad' : undefined),
    ),
    gauges(account, report.at),
    lastError(account, report.at),
    drift(account.drift, report.at),
    capabilities(account),
  );
}

function verdict(accounts) {
  if (accounts.length === 0) return 'You have no accounts.';
  const ill = accounts.filter(({ condition }) => CONDITIONS[condition].rank < 5);
  if (ill.length === 0)
    return accounts.every(({ condition }) => condition === 'idle')
      ? `${plural(accounts.length, 'account')}, none of them asked lately.`
      : `All ${accounts.length} accounts are well.`;
  const words = ill.map(({ label, condition }) => `${label}: ${CONDITIONS[condition].word.toLowerCase()}`);
  return `${ill.length} of ${plural(accounts.length, 'account')} in trouble. ${words.join(', ')}.`;
}

function operations({ operations: steps }) {
  const good = sum(steps, ({ ok }) => ok);
  const bad = sum(steps, ({ failed }) => failed);
  const most = Math.max(4, ...steps.map(({ ok, failed }) => ok + failed));
  const wide = 200 / Math.max(1, steps.length);
  const bar = (tone, index, from, count) =>
    count === 0
      ? null
      : s('rect', {
          class: `bar-${tone}`,
          x: round(index * wide + 0.3),
          width: round(wide - 0.6),
          y: round(30 - ((from + count) / most) * 30),
          height: round((count / most) * 30),
        });
  return [
    s(
      'svg',
      { viewBox: '0 0 200 30', preserveAspectRatio: 'none', role: 'img', 'aria-label': 'operations over time' },
      s('line', { class: 'grid', x1: 0, x2: 200, y1: 29.7, y2: 29.7 }),
      steps.map(({ ok, failed }, index) => [bar('ok', index, 0, ok), bar('failed', index, ok, failed)]),
    ),
    h(
      'span',
      {},
      `${plural(good + bad, 'operation')} in 10 min, ${bad === 0 ? 'none' : bad.toLocaleString('en')} with errors`,
    ),
  ];
}

function legend() {
  const mark = (tone, word) =>
    h(
      'span',
      {},
      s(
        'svg',
        { class: 'key-mark', viewBox: '0 0 14 7' },
        s('rect', { class: `bar-${tone}`, width: 14, height: 7, rx: 2 }),
      ),
      word,
    );
  return OUTCOMES.map(([kind, word]) => mark(kind, word));
}

function show(report) {
  const focused = document.activeElement?.id;
  const accounts = report.accounts.toSorted(
    (one, other) => CONDITIONS[one.condition].rank - CONDITIONS[other.condition].rank,
  );
  byId('key').hidden = true;
  byId('verdict').textContent = verdict(accounts);
  byId('operations').replaceChildren(...operations(report));
  byId('accounts').replaceChildren(...accounts.map((account) => card(account, report)));
  byId('foot').replaceChildren(
    ...legend(),
    h('span', {}, `running since ${new Date(report.startedAt).toLocaleString()}`),
  );
  if (focused) byId(focused)?.focus();
  shownAt = Date.now();
  lostSince = 0;
  tick();
}

function tick() {
  const fresh = byId('fresh');
  byId('accounts').classList.toggle('faded', lostSince > 0);
  fresh.classList.toggle('lost', lostSince > 0);
  if (lostSince > 0) fresh.textContent = `no answer; this is from ${ago(shownAt, Date.now())}`;
  else fresh.textContent = shownAt === 0 ? '' : `updated ${ago(shownAt, Date.now())}`;
}

function askForKey(sentence) {
  byId('key').hidden = false;
  byId('accounts').replaceChildren();
  byId('refusal').textContent = sentence;
  byId('verdict').textContent = '';
  byId('operations').replaceChildren();
  shownAt = 0;
  tick();
}

async function refresh() {
  try {
    const headers = credential === undefined ? {} : { authorization: `Bearer ${credential}` };
    const answer = await fetch('/status.json', { headers, cache: 'no-store' });
    if (answer.status === 429) askForKey('Too many wrong ones; wait a minute.');
    else if (answer.status === 401) askForKey(credential === undefined ? '' : 'Nobody is known by that.');
    else if (answer.ok) show(await answer.json());
    else throw new Error('no status');
  } catch {
    lostSince ||= Date.now();
    tick();
  }
}

byId('key').addEventListener('submit', (event) => {
  event.preventDefault();
  credential = byId('credential').value.trim();
  byId('credential').value = '';
  void refresh();
});

const first = JSON.parse(byId('report').textContent);
if (first === null) askForKey('');
else show(first);

setInterval(() => {
  if (document.hidden || !byId('key').hidden) return;
  void refresh();
}, REFRESH_MS);
setInterval(tick, 1000);
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && byId('key').hidden) void refresh();
});
