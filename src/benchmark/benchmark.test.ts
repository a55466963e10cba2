import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TIERS } from '../language/grammar.ts';
import { type LevelId, levelOf } from '../language/level.ts';
import { SPECIAL } from '../language/tokenizer.ts';
import { Random } from '../random.ts';
import type { Reasoner } from '../reasoner/reasoner.ts';
import { NO_STATS, type Sandbox } from '../sandbox/sandbox.ts';
import { solutionResponse } from '../tasks/format.ts';
import { SPECS } from '../tasks/index.ts';
import { KINDS } from '../tasks/task.ts';
import { evaluate } from './evaluate.ts';
import { passAtK } from './report.ts';
import { type BenchmarkTask, buildSuite } from './suites.ts';

const suite = (kind: BenchmarkTask['kind'], tier: number, count = 12, level: LevelId = 1) =>
  buildSuite({ level, kind, tier, count, seed: 1, inductionExamples: 8 });

describe('suites', () => {
  test.each([
    { level: 1 as LevelId, practice: 20_000, count: 40 },
    { level: 2 as LevelId, practice: 5000, count: 8 },
  ])(
    'of level $level hold programs that differ in what they do, and none that acts like one of the warm-up',
    ({ level, practice, count }) => {
      const random = new Random(2);
      const practised = new Set(
        Array.from({ length: practice }, (_, i) => levelOf(level).generate(random, 1 + (i % 4)).fingerprint),
      );
      for (const kind of KINDS) {
        for (const tier of TIERS) {
          const fingerprints = suite(kind, tier, count, level).map(({ fingerprint }) => fingerprint);
          expect(fingerprints.filter((fingerprint) => practised.has(fingerprint))).toEqual([]);
          expect(new Set(fingerprints).size).toBe(fingerprints.length);
        }
      }
    },
    120_000,
  );

  test('are the same every time, and a small one begins a large one', () => {
    const small = buildSuite({
      level: 1,
      kind: 'deduction',
      tier: 2,
      count: 5,
      seed: 9,
      inductionExamples: 8,
    });
    const large = buildSuite({
      level: 1,
      kind: 'deduction',
      tier: 2,
      count: 20,
      seed: 9,
      inductionExamples: 8,
    });
    expect(large.slice(0, 5)).toEqual(small);
  });

  test('of induction have distinct inputs whose outputs differ', () => {
    for (const { examples = [] } of suite('induction', 3)) {
      expect(new Set(examples.map(({ input }) => input)).size).toBe(8);
      expect(new Set(examples.map(({ output }) => output)).size).toBeGreaterThan(1);
    }
  });
});

test('a suite of error deduction asks what is raised, with every answer among the classes it can be', () => {
  const tasks = buildSuite({ level: 1, kind: 'error', tier: 3, count: 60, seed: 1, inductionExamples: 8 });
  const answers = new Set(tasks.map(({ output }) => output));
  expect(new Set(tasks.map(({ program, input }) => `${program} ${input}`)).size).toBe(60);
  expect([...answers].every((name) => /^(NoError|NameError|TypeError|ZeroDivisionError)$/.test(name))).toBe(
    true,
  );
  expect(answers.size).toBeGreaterThan(2);
});

describe('pass@k', () => {
  test('agrees with counting all choices of k samples', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(12), fc.integer({ min: 1, max: 12 }), (n, c, k) => {
        fc.pre(c <= n && k <= n);
        const choose = (m: number, r: number): number =>
          r === 0 ? 1 : m < r ? 0 : (choose(m - 1, r - 1) * m) / r;
        expect(passAtK(n, c, k)).toBeCloseTo(1 - choose(n - c, k) / choose(n, k), 10);
      }),
    );
  });

  test('refuses more choices than samples', () => {
    expect(() => passAtK(4, 1, 5)).toThrow(RangeError);
  });
});

describe('evaluate', () => {
  const tasks = [...suite('deduction', 1), ...suite('deduction', 2), ...suite('induction', 1)];
  const idleSandbox: Sandbox = {
    run: async (requests) =>
      requests.map(({ inputs }) => ({
        outcomes: inputs.map(() => ({ ok: false, refusal: 'error', detail: '' }) as const),
      })),
    ready: async () => {},
    stats: () => NO_STATS,
    close: () => {},
  };
  /** Answers every deduction task of tier 1 correctly, thinking when told to. */
  const knowsTierOne = {
    sample: async (prompts: readonly (readonly number[])[]) =>
      prompts.map((prompt) => {
        const forced = prompt.at(-1) === SPECIAL.think;
        const bare = (forced ? prompt.slice(0, -1) : prompt).join();
        const task = tasks.find((t) => SPECS[t.kind].solvePrompt(t).join() === bare);
        const tokens = solutionResponse(null, task?.tier === 1 ? task.output : '0');
        return { tokens, logprobs: tokens.map(() => 0), finished: true };
      }),
  } as Pick<Reasoner, 'sample'> as Reasoner;

  test('scores by kind and tier', async () => {
    const { scores, thinks } = await evaluate(knowsTierOne, idleSandbox, tasks, { maxNewTokens: 32 });
    expect(scores.deduction?.['1']).toBe(1);
    expect(scores.deduction?.['2']).toBeLessThan(0.5);
    expect(scores.induction).toEqual({ '1': 0 });
    expect(thinks).toEqual({ deduction: 0, induction: 0 });
  });

  test('forced to think, every answer thinks', async () => {
    const { scores, thinks } = await evaluate(knowsTierOne, idleSandbox, tasks, {
      maxNewTokens: 32,
      forceThink: true,
    });
    expect(scores.deduction?.['1']).toBe(1);
    expect(thinks).toEqual({ deduction: 1, induction: 1 });
  });
});
