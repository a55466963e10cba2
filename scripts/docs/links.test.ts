/** Every relative link of the repository's Markdown leads somewhere, and the README names every preset. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { PRESET_NAMES } from '../../src/config/presets.ts';
import { ROOT } from '../common/build.ts';
import { anchorOf } from '../common/markdown.ts';
import { REMARKS } from './site/site.ts';

const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.md'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && file !== REMARKS && existsSync(join(ROOT, file)));

test('there are documents, and links in them', () => {
  expect(files).toContain('README.md');
  expect(files.flatMap((file) => linksOf(read(file))).length).toBeGreaterThan(20);
});

test.each(files)('every relative link of %s leads to a file and a heading', (file) => {
  const dead = linksOf(read(file)).filter((link) => !isAlive(file, link));
  expect(dead).toEqual([]);
});

test('the README names every preset', () => {
  const text = read('README.md');
  expect(PRESET_NAMES.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

/** Targets of links and images outside of code, without those to other sites. */
function linksOf(markdown: string): string[] {
  const prose = markdown.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
  const targets = [...prose.matchAll(/\]\(\s*<?([^()\s>]+)>?[^)]*\)/g)].map((match) => match[1] as string);
  return targets.filter((target) => !/^[a-z][a-z\d+.-]*:/i.test(target));
}

function isAlive(from: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? from : normalize(join(dirname(from), decodeURI(path)));
  if (!existsSync(join(ROOT, target))) return false;
  return anchor === undefined || !target.endsWith('.md') || anchorsOf(read(target)).has(anchor);
}

/** The anchors that GitHub gives to headings. */
function anchorsOf(markdown: string): Set<string> {
  const prose = markdown.replace(/^```[\s\S]*?^```/gm, '');
  const anchors = new Set<string>();
  for (const [, heading] of prose.matchAll(/^#{1,6} +(.+?) *$/gm)) {
    const base = anchorOf(heading as string);
    let anchor = base;
    for (let n = 1; anchors.has(anchor); n++) anchor = `${base}-${n}`;
    anchors.add(anchor);
  }
  return anchors;
}
