import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SPECIAL } from '../../src/language/tokenizer.ts';
import { SIZES } from '../../src/reasoner/config.ts';
import type { Reasoner } from '../../src/reasoner/reasoner.ts';
import { NO_STATS, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { solutionResponse } from '../../src/tasks/format.ts';
import { UsageError } from '../common/usageError.ts';
import { readSuite, scoreSuiteFile } from './importSuite.ts';
import { importTable } from './table.ts';
import { configOf } from './weights.ts';

const OPTIONS = { level: 1, seed: 1, maxNewTokens: 64, most: Number.POSITIVE_INFINITY } as const;
const FIXTURE = 'e2e/fixtures/verify/plain.jsonl';

/** Says of every program that it doubles its input. */
const doubling: Sandbox = {
  run: async (requests) =>
    requests.map(({ inputs }) => ({
      outcomes: inputs.map((input) => ({ ok: true, output: String(2 * Number(input)) })),
    })),
  ready: async () => {},
  stats: () => NO_STATS,
  close: () => {},
};

/** Answers 6 to whatever it is asked. */
const six = {
  config: SIZES.small,
  sample: async (prompts: readonly (readonly number[])[]) =>
    prompts.map(() => {
      const tokens = solutionResponse(null, '6');
      return { tokens, logprobs: tokens.map(() => 0), finished: true };
    }),
} as Pick<Reasoner, 'config' | 'sample'> as Reasoner;

const DOUBLE = 'def f(x):\n    return x * 2';

function suite(lines: readonly (object | string)[]): string {
  const file = join(mkdtempSync(join(tmpdir(), 'kelvin-score-')), 'suite.jsonl');
  writeFileSync(
    file,
    lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''),
  );
  return file;
}

const line = (changes: object) => ({ code: DOUBLE, input: '3', output: '6', ...changes });

test.each([
  ['malformed', 'no JSON', 1],
  ['module', line({ code: `import math\n${DOUBLE}` }), 1],
  ['module', line({ code: `${DOUBLE}\nx = 1` }), 2],
  ['characters', line({ code: 'def f(x):\n\treturn x * 2' }), 1],
  ['characters', line({ input: "'é'", output: "'é'" }), 2],
  ['input', line({ input: 'range(3)' }), 1],
  ['output', line({ output: 'f(3)' }), 1],
  ['type', line({ input: '[1, 2]', output: '[1, 2]' }), 1],
  ['type', line({ input: '(1, 2)', output: '2' }), 2],
  ['type', line({ input: '1, 2' }), 1],
  ['range', line({ input: '50', output: '100' }), 1],
  ['range', line({ input: "'a longer text'", output: "'b'" }), 2],
  ['length', line({ code: `${DOUBLE}${' + 0'.repeat(400)}` }), 1],
  ['sandbox', line({ output: '7' }), 1],
] as const)('%s is a reason why a case cannot be expressed', async (reason, bad, level) => {
  const file = suite([line({}), bad]);
  const { cases, expressible, excluded } = await scoreSuiteFile(six, doubling, file, { ...OPTIONS, level });
  expect({ cases, expressible }).toEqual({ cases: 2, expressible: 1 });
  expect(Object.entries(excluded).filter(([, count]) => count > 0)).toContainEqual([reason, 1]);
});

test('every reason is counted for a case that has several', async () => {
  const bad = line({ code: `import math\n${DOUBLE}`, input: '[100]', output: "'é'" });
  const { excluded } = await scoreSuiteFile(six, doubling, suite([line({}), bad]), OPTIONS);
  expect(excluded).toMatchObject({ module: 1, type: 1, range: 1, characters: 1, sandbox: 0 });
});

test('the expressible part is scored, deduction and abduction, greedy and forced', async () => {
  const file = suite([line({}), line({ input: '6', output: '12' }), line({ input: '7', output: '14' })]);
  const report = await scoreSuiteFile(six, doubling, file, OPTIONS);
  const third = { tasks: 3, mean: expect.closeTo(1 / 3) };
  expect(report.scores.deduction).toMatchObject({ greedy: { ...third, thinks: 0 }, forced: { thinks: 1 } });
  expect(report.scores.abduction?.greedy).toMatchObject(third);
  const fewer = await scoreSuiteFile(six, doubling, file, { ...OPTIONS, most: 1 });
  expect(fewer.scores.deduction?.greedy).toMatchObject({ tasks: 1, mean: 1 });
  expect(importTable(report)).toContain('3 of 3 cases can be expressed at level 1');
});

test('a suite of other things is read and nothing of it is scored', async () => {
  const report = await scoreSuiteFile(six, doubling, FIXTURE, OPTIONS);
  expect(report.cases).toBeGreaterThan(5);
  expect(report.expressible).toBe(0);
  expect(report.scores).toEqual({});
  expect(importTable(report)).toContain('Nothing to score.');
});

test('bad files are refused in one plain line', async () => {
  await expect(readSuite('no/such/file.jsonl')).rejects.toThrow(UsageError);
  await expect(readSuite(tmpdir())).rejects.toThrow(/is a folder/);
  await expect(readSuite(suite([]))).rejects.toThrow(/is empty/);
  await expect(readSuite(suite(['hello', '[1]']))).rejects.toThrow(/line 1: not JSON/);
  expect(() => configOf('x.safetensors', new Uint8Array(3))).toThrow(UsageError);
});

test('thoughts are forced by the token that opens them', async () => {
  const prompts: number[] = [];
  const reasoner = {
    ...six,
    sample: async (asked: readonly (readonly number[])[]) => {
      prompts.push(...asked.map((prompt) => prompt.at(-1) as number));
      return six.sample(asked, { maxNewTokens: 1, temperature: 1, seed: 0 });
    },
  } as Reasoner;
  await scoreSuiteFile(reasoner, doubling, suite([line({})]), OPTIONS);
  expect(prompts.filter((token) => token === SPECIAL.think)).toHaveLength(2);
});
