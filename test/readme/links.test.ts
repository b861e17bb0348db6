import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ROOT, readPages } from './pages.ts';

const pages = readPages();
const LARGEST_PICTURE_BYTES = 300_000;

const withoutCode = (text: string): string => text.replace(/^```[\s\S]*?^```/gm, '');

/** Where a page leads to: links, pictures. */
function linksOf(text: string): readonly string[] {
  const prose = withoutCode(text).replace(/`[^`\n]*`/g, '');
  const found = prose.matchAll(/\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"\s]+)"/g);
  return [...found].map(([, link, attribute]) => link ?? attribute ?? '').filter((link) => !/^[a-z]+:/.test(link));
}

/** The anchors that GitHub makes of a page's headings. */
function anchorsOf(text: string): ReadonlySet<string> {
  const headings = [...withoutCode(text).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => heading);
  const seen = new Map<string, number>();
  return new Set(
    headings.map((heading) => {
      const anchor = heading
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
        .replaceAll(' ', '-');
      const before = seen.get(anchor) ?? 0;
      seen.set(anchor, before + 1);
      return before === 0 ? anchor : `${anchor}-${before}`;
    }),
  );
}

test.each(pages.map(({ path, text }) => [path, text]))('what %s leads to is there', (path, text) => {
  const broken = linksOf(text).filter((link) => {
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? path : join(dirname(path), file).replaceAll('\\', '/');
    if (!existsSync(join(ROOT, target))) return true;
    if (anchor === undefined) return false;
    const page = pages.find((other) => other.path === target.replace(/\/$/, ''));
    return page === undefined || !anchorsOf(page.text).has(anchor);
  });
  expect(broken).toEqual([]);
});

test('every page is led to from the README, over one page at most', () => {
  const leadsTo = (path: string): readonly string[] => {
    const text = pages.find((page) => page.path === path)?.text ?? '';
    return linksOf(text).map((link) => join(dirname(path), link.split('#')[0] ?? '').replaceAll('\\', '/'));
  };
  const near = ['README.md', ...leadsTo('README.md')];
  const reached = new Set(near.concat(near.flatMap(leadsTo)));
  expect(pages.map(({ path }) => path).filter((path) => !reached.has(path))).toEqual([]);
});

test('no picture is heavy', () => {
  const pictures = pages
    .flatMap(({ path, text }) => linksOf(text).map((link) => join(ROOT, dirname(path), link)))
    .filter((file) => file.endsWith('.png'));
  expect(pictures.length).toBeGreaterThan(0);
  expect(pictures.filter((file) => statSync(file).size > LARGEST_PICTURE_BYTES)).toEqual([]);
});
