/**
 * A kind of task is one file and one line: here the file is `test/tasks/toyKind.ts` and the line is added to SPECS by a
 * mock, so that nothing else of Kelvin knows the kind. `toyKind.long.test.ts` adds it in a copy of the sources instead.
 */
import { expect, test, vi } from 'vitest';
import { openRuns } from '../../test/selfplay/scriptedRun.ts';
import { toy } from '../../test/tasks/toyKind.ts';
import { verifyWritten, written } from '../../test/tasks/written.ts';
import { buildSuite } from '../benchmark/suites.ts';
import { DEFAULTS, HYPERPARAMETERS, validateConfig } from '../config/hyperparameters.ts';
import { SPECIAL } from '../language/tokenizer.ts';
import { Random } from '../random.ts';
import { createNodeSandbox } from '../sandbox/node.ts';
import { corpus } from '../warmup/corpus.ts';
import { proposalResponse, solutionResponse } from './format.ts';
import { judgeAll } from './judging.ts';
import { ALL_KINDS, KINDS, type TaskKind } from './task.ts';

vi.mock('./index.ts', async (original) => {
  const { SPECS } = await original<typeof import('./index.ts')>();
  return { SPECS: { ...SPECS, toy: (await import('../../test/tasks/toyKind.ts')).toy } };
});

const { run, sandbox } = openRuns(createNodeSandbox);
const TOY = 'toy' as TaskKind;
const PROGRAM = 'def f(x):\n    return x * 25';
const isAsked = (prompt: readonly number[]) =>
  prompt[0] === SPECIAL.solveDeduction && prompt[1] === SPECIAL.reference;

test('it is known, off by default, and has a switch that says what it is', () => {
  expect(ALL_KINDS).toContain(TOY);
  expect(KINDS).not.toContain(TOY);
  expect(DEFAULTS[TOY]).toBe(false);
  const entry = HYPERPARAMETERS.find(({ key }) => key === TOY);
  expect(entry).toMatchObject({ label: toy.label, reason: toy.switch.reason, advanced: true });
  expect(validateConfig({ toy: 'true' })).toMatchObject({ config: { toy: true }, problems: [] });
});

test('its proposal is verified, and answers to it are judged', async () => {
  const tokens = proposalResponse(PROGRAM, '4');
  const [verified] = await verifyWritten([written(tokens, { kind: TOY })], sandbox());
  expect(verified?.verdict).toMatchObject({
    ok: true,
    triplet: { program: PROGRAM, input: '4', output: '100' },
  });
  if (!verified?.verdict.ok) return;
  const task = { kind: TOY, ...verified.verdict.triplet };
  const answers = ['3', '2', 'three'].map((text) => ({
    task,
    rollout: { tokens: solutionResponse(null, text), finished: true },
  }));
  const judged = await judgeAll(answers, sandbox());
  expect(judged.map(({ verdict }) => verdict)).toEqual(['correct', 'wrong', 'format']);
});

test('the warm-up shows it, and its held-out suite is one of its own', () => {
  const examples = corpus(new Random(1));
  const shown = Array.from({ length: 400 }, () => examples.next().value!).filter(({ prompt }) =>
    isAsked(prompt),
  );
  expect(shown.length).toBeGreaterThan(10);
  for (const { response } of shown) expect(toy.parseSolution(response)).not.toBeNull();
  const suite = buildSuite({ level: 1, kind: TOY, tier: 2, count: 5, seed: 1, inductionExamples: 8 });
  expect(suite.map(({ kind }) => kind)).toEqual(Array(5).fill(TOY));
  expect(new Set(suite.map(({ fingerprint }) => fingerprint)).size).toBe(5);
});

test('self-play seeds it, proposes it, solves it, trains on it and measures it', async () => {
  const made = run({ [TOY]: true });
  const metrics = (await made.play(2)).at(-1);
  expect(made.of('seeded')[0]?.report.tasks[TOY]).toBe(made.config.seedingTarget);
  expect(made.buffers[TOY].size).toBeGreaterThanOrEqual(made.config.seedingTarget);
  expect(made.reasoner.prompts.some(isAsked)).toBe(true);
  expect(made.reasoner.updates[0]?.sequences.some(({ prompt }) => isAsked(prompt))).toBe(true);
  expect(Object.keys(metrics?.reward ?? {})).toEqual(
    expect.arrayContaining([`propose:${TOY}`, `solve:${TOY}`]),
  );
  expect(Object.keys(metrics?.heldOut ?? {})).toContain(TOY);
  expect(metrics?.bufferByKind[TOY]).toBe(made.buffers[TOY].size);
});
