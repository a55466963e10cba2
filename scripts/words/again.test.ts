/** What the rooms below the page say is found in the catalogue, whatever values are in it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { retiredSentence } from '../../src/config/retired.ts';
import { decodeQuery } from '../../src/config/url.ts';
import { answerOf } from '../../src/experiments/answers.ts';
import { EXPERIMENTS } from '../../src/experiments/definitions.ts';
import type { ExperimentResult } from '../../src/experiments/results.ts';
import { unzipFiles } from '../../src/run/folder/zip.ts';
import { readFrame } from '../../src/run/frame.ts';
import { readSeeds } from '../../src/run/queue.ts';
import { notValues } from '../../src/tasks/writing.ts';
import { fallbackNotice, faultOf, SandboxError } from '../../src/trainer/faults.ts';
import { again, speak } from '../../src/words/words.ts';
import { ROOT } from '../common/build.ts';
import { saidTexts } from './sources.ts';

/** A language without letters: those that are left of a text were not translated. */
const silent = (text: string) =>
  /\{\w+,|<\w/.test(text)
    ? text
    : text.replace(/\{\w+\}|\p{L}/gu, (part) => (part.startsWith('{') ? part : '·'));

vi.mock('../../src/words/languages.ts', async (original) => ({
  ...(await original<object>()),
  catalogueOf: async (language: string) =>
    language === 'en' ? {} : Object.fromEntries(saidTexts().map(({ text }) => [text, silent(text)])),
}));

beforeAll(() => speak('tlh'));
afterAll(() => speak('en'));

/** The words that are left of a text in the silent language, whose lists are those of English. */
const wordsLeft = (text: string) =>
  (again(text).match(/[\p{L}-]*\p{L}[\p{L}-]*/gu) ?? []).filter((word) => word !== 'and');

const thrownBy = async (act: () => unknown): Promise<string> => {
  try {
    await act();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('Nothing was thrown.');
};

test('wrong links: only names and values are left', () => {
  const { problems } = decodeQuery('preset=hugh&steps=x&temperatur=1&base=none&seed=1.5&abduction=x&steps=2');
  expect(problems).toHaveLength(7);
  const names =
    /^(hugh|demo|temperatur|temperature|x|steps|seed|abduction|base|shipped|thinking|short|warm-up|true|false)$/;
  const presets = /^[a-z]+(-[a-z]+)*$/;
  for (const { key, message } of problems)
    expect([
      message,
      wordsLeft(message).filter((word) => !(key === 'preset' ? presets : names).test(word)),
    ]).toEqual([message, []]);
  const [hidden] = readFrame('hide=heder').problems;
  expect(wordsLeft(hidden?.message ?? '')).toEqual(['heder', 'header']);
  expect(wordsLeft(retiredSentence(['ppo-clip']))).toEqual(['ppo-clip']);
  expect(wordsLeft(retiredSentence(['ppo-clip', 'weight-decay']))).toEqual(['ppo-clip', 'weight-decay']);
});

test.each<[string, () => unknown]>([
  ['1-x', () => readSeeds('1-x')],
  ['', () => readSeeds('1-99999')],
  ['', () => unzipFiles(new TextEncoder().encode('no zip at all'), () => true)],
])('what was thrown, of which “%s” is left', async (left, act) => {
  expect(wordsLeft(await thrownBy(act)).join(' ')).toBe(left === '1-x' ? '-x' : left);
});

test('faults, with what is to be done, and what is wrong with an answer', () => {
  const faults = [
    faultOf(new SandboxError('start', 'Python could not be downloaded: the connection failed.')),
    faultOf(new Error('')),
    fallbackNotice('WebGPU is not available (this browser has no WebGPU); using WebAssembly instead.'),
  ];
  const left = faults.flatMap(({ message, remedy }) => [...wordsLeft(message), ...wordsLeft(remedy)]);
  expect(left.filter((word) => !/^(Python|WebGPU|WebAssembly)$/.test(word))).toEqual([]);
  expect(wordsLeft(notValues('x+y'))).toEqual(['x', 'y']);
});

test('the answer of every experiment', () => {
  const read = (name: string) =>
    JSON.parse(readFileSync(join(ROOT, 'public/experiments', name), 'utf8')) as ExperimentResult;
  const climb = read('climb.json');
  const [full] = climb.arms;
  if (!full) throw new Error('The climb has no arm.');
  const sizes = /^(nano|small)$/;
  for (const experiment of EXPERIMENTS) {
    const arms = experiment.sizes.flatMap((size) =>
      experiment.arms.map(({ name }, at) => ({
        ...full,
        arm: name,
        size,
        // Some end ahead of the full method, some behind it.
        seeds:
          at % 3 === 0
            ? full.seeds
            : full.seeds.map((seed) => ({ ...seed, end: at % 3 === 1 ? full.start : full.forced })),
      })),
    );
    const answer = answerOf({ ...climb, name: experiment.name, arms });
    expect([answer, wordsLeft(answer).filter((word) => !sizes.test(word))]).toEqual([answer, []]);
  }
  for (const file of ['climb.json', 'main.json', 'emergence.json', 'climb-parts.json'])
    expect(wordsLeft(answerOf(read(file))).filter((word) => !sizes.test(word))).toEqual([]);
});
