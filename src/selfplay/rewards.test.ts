import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULTS } from '../config/hyperparameters.ts';
import type { Judgement } from '../tasks/kind.ts';
import type { Task, TaskKind } from '../tasks/task.ts';
import { learnability, penalizeRepetition, proposerReward, solverReward, success } from './rewards.ts';

const judgement = (verdict: Judgement['verdict'], score = verdict === 'correct' ? 1 : 0): Judgement => ({
  verdict,
  score,
});

describe('rewards', () => {
  test('of the solver are the paper’s', () => {
    expect(solverReward(judgement('correct'), DEFAULTS)).toBe(1);
    expect(solverReward(judgement('wrong'), DEFAULTS)).toBe(-0.5);
    expect(solverReward(judgement('format'), DEFAULTS)).toBe(-1);
    expect(solverReward(judgement('unfinished'), DEFAULTS)).toBe(-1);
  });

  test('an induction needs every hidden example', () => {
    const half = judgement('wrong', 0.5);
    expect(success(half)).toBe(0);
    expect(solverReward(half, DEFAULTS)).toBe(-0.5);
  });

  test.each([
    ['paper', 0, 0],
    ['paper', 1, 0],
    ['paper', 0.125, 0.875],
    ['code', 0, -0.5],
    ['code', 1, -0.5],
    ['code', 0.75, 0.25],
    ['one-minus', 0, 1],
    ['one-minus', 1, 0],
    ['min', 0, 0],
    ['min', 0.25, 0.5],
    ['min', 0.5, 1],
    ['min', 0.75, 0.5],
    ['variance', 0.5, 1],
    ['variance', 1, 0],
  ] as const)('learnability as in %s of solve rate %d is %d', (variant, rate, reward) => {
    expect(learnability(rate, { ...DEFAULTS, learnability: variant })).toBe(reward);
  });

  test('no variant rewards the impossible or the certain above the learnable', () => {
    fc.assert(
      fc.property(
        // All but `one-minus`, which rewards the impossible most: the defect that the others mend.
        fc.constantFrom('paper' as const, 'code' as const, 'variance' as const, 'min' as const),
        fc.integer({ min: 1, max: 7 }),
        (variant, k) => {
          const config = { ...DEFAULTS, learnability: variant };
          const learnable = proposerReward(k / 8, config);
          expect(learnable).toBeGreaterThan(proposerReward(0, config));
          expect(learnable).toBeGreaterThan(proposerReward(1, config));
          expect(proposerReward(0, config)).toBeGreaterThan(proposerReward(null, config));
        },
      ),
    );
  });
});

test('the repetition penalty is the share that acts alike, of the kind, and ends at 0', () => {
  const task = (over: Pick<Task, 'kind' | 'fingerprint'>): Task => ({
    ...{ id: 't', program: '', input: '', output: '', step: 1, parents: [], solveRate: null },
    ...over,
  });
  const proposal = (reward: number, kind: TaskKind | null, fingerprint = 'a') => ({
    task: kind && task({ kind, fingerprint }),
    reward,
  });
  const adjusted = (repetitionPenalty: number) => {
    const proposals = [
      proposal(0.8, 'deduction'),
      proposal(0.8, 'deduction'),
      proposal(0.3, 'deduction'),
      proposal(0.8, 'deduction', 'b'),
      proposal(0.8, 'induction'),
      proposal(-0.5, 'abduction'),
      proposal(-1, null),
    ];
    penalizeRepetition(proposals, { repetitionPenalty });
    return proposals.map(({ reward }) => reward);
  };
  expect(adjusted(0)).toEqual([0.8, 0.8, 0.3, 0.8, 0.8, -0.5, -1]);
  expect(adjusted(0.5)).toEqual(
    [0.425, 0.425, 0, 0.675, 0.3, -0.5, -1].map((value) => expect.closeTo(value)),
  );
});
