import { spawnSync } from 'node:child_process';
/** Laws of files, whatever room they are in: no circles, and what is for tests stays with the tests. */
import { expect, test } from 'vitest';
import { circlesOf, graphOf, importsOf, reachableFrom, sourceFiles } from './imports.ts';

const product = ['src', 'scripts', 'bench'].flatMap(sourceFiles);

test('no file imports itself in a circle, be it a type', () => {
  const graph = graphOf([...product, ...sourceFiles('e2e'), ...sourceFiles('test')], false);
  expect(circlesOf(graph)).toEqual([]);
});

test('a circle is found, however long', () => {
  expect(circlesOf(new Map(Object.entries({ a: ['b'], b: ['c', 'd'], c: ['a'], d: [] })))).toEqual(['a b c']);
  expect(circlesOf(new Map(Object.entries({ a: ['b', 'c'], b: ['c'], c: [] })))).toEqual([]);
});

test('nothing of the product imports what is for tests', () => {
  // The benchmark of the verifier judges the same made-up programs as the tests.
  const strays = product
    .filter((file) => !file.startsWith('bench/'))
    .flatMap(importsOf)
    .filter(({ target }) => target.startsWith('test/'));
  expect(strays.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
});

/** Where programs begin, besides scripts and benchmarks: the page, its workers, what Vite runs, what a person runs. */
const STARTS = /^(scripts|bench)\/|^src\/main\.tsx$|(vitePlugin|[wW]orker|[tT]hread|wasm\/build)\.ts$/;

test('what only tests use lives under test/', () => {
  const starts = product.filter((file) => STARTS.test(file));
  const used = reachableFrom(graphOf(product, true), starts);
  const idle = product.filter((file) => !STARTS.test(file) && !used.has(file));
  expect(idle).toEqual([]);
});

test('no source file is one that git leaves out', () => {
  const folders = ['src', 'scripts', 'test', 'e2e', 'public'];
  const ignored = ['ls-files', '--others', '--ignored', '--exclude-standard', '--', ...folders];
  const { status, stdout } = spawnSync('git', ignored, { encoding: 'utf8' });
  // Where this is no checkout, there is nothing that could be left out.
  if (status !== 0) return;
  expect(stdout.split('\n').filter((file) => /\.(tsx?|css|json|as)$/.test(file))).toEqual([]);
});
