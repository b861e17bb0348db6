import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { patternsIn, problemOf } from './patterns.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);
const patterns = files.flatMap((name) =>
  patternsIn(name, readFileSync(join(ROOT, 'src', name), 'utf8')).map((pattern) => ({ name, ...pattern })),
);

test('no pattern of ours takes much longer for a text that was made to keep it busy', () => {
  expect(patterns.length).toBeGreaterThan(60);
  const wrong = patterns.flatMap((pattern) => {
    const problem = problemOf(pattern);
    return problem === undefined ? [] : [`${pattern.name}: /${pattern.source}/${pattern.flags}: ${problem}`];
  });
  expect(wrong).toEqual([]);
});

describe('patterns are found', () => {
  test('in code, and not in texts, comments or divisions', () => {
    const text = `const a = /x\\/[/]+/gu; const b = "/y+/"; // /z+/
      const c = 4 / 2 / 1; const d = \`\${/w/.test(a)}\`; f(/(?<year>\\d{4})/);`;
    expect(patternsIn('a.ts', text).map(({ source, flags }) => `${source} ${flags}`)).toEqual([
      'x\\/[/]+ gu',
      'w ',
      '(?<year>\\d{4}) ',
    ]);
  });
});

const problemsOf = (source: string, flags = ''): string | undefined => problemOf({ source, flags });

test.each([
  '(a+)+',
  '^(\\w*)*$',
  '([a-z]+\\s?)+$',
  '(?:x?\\d*){1,}y',
  '((ab)*c*)*',
  '(?:a{2,}){3,}',
  '(?<name>[^"]+)*',
  '(.*)(?:,(.*))*',
  '^(?=(a+)+b)',
  '(a|b+)*',
  '(?:\\d+,?)*',
])('a repetition is not repeated where nothing tells one from the next: %s', (source) => {
  expect(problemsOf(source)).toBe('a repetition is repeated');
});

test.each(['(a|a)*', '(\\w|\\d)+x', '(?:ab|a)*c', '(?:[a-f]|[e-z]|0)+', '(?:\\s|\\n)*'])(
  'alternatives that begin alike are not repeated: %s',
  (source) => {
    expect(problemsOf(source)).toBe('alternatives that are repeated begin alike');
  },
);

test.each(['\\d+\\d*', '^\\w+[\\w.]*"$', '\\s*,?\\s*$', '.*.*x', '(?:a+)(?:b?)(?:[a-c]*)', 'é+\\u00e9*'])(
  'repetitions of the same do not stand side by side: %s',
  (source) => {
    expect(problemsOf(source)).toBe('two repetitions side by side match the same');
  },
);

test.each([
  ['^[A-Za-z][\\w.-]{0,63}$', ''],
  ['^-?\\d+(\\.\\d+)?$', ''],
  ['^application\\/json(?:[ \\t]*;[ \\t]*charset=utf-8)?$', 'i'],
  ['^\\d+(,\\d+)*$', ''],
  ['(?:x\\d*)+y', ''],
  ['^([a-z0-9]+(-+[a-z0-9]+)*\\.)+[a-z]+$', ''],
  ['127(?:\\.\\d{1,3}){3}', ''],
  ['(?:abc|abd)', ''],
  ['(?:ab|cd)+', ''],
  ['\\d+\\s*[a-z]+', ''],
  ['[^@\\s]+@[^@\\s]+', ''],
  ['"[\\s\\S]*"', ''],
  ['[\\p{Cc}\\p{Z}]+', 'u'],
  ['(?<![\\d.])-?\\d{16,}(?![\\d.])', 'g'],
  ['\\(+\\)+[(|)]\\|', ''],
])('others are fine: /%s/%s', (source, flags) => {
  expect(problemsOf(source, flags)).toBeUndefined();
});
