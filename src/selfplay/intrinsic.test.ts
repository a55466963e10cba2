import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Config, DEFAULTS } from '../config/hyperparameters.ts';
import type { Task } from '../tasks/task.ts';
import { AnswerCounts, adjustRewards, combine, distance } from './intrinsic.ts';
import type { Graded } from './update.ts';

function task(over: Partial<Task> = {}): Task {
  return {
    id: 'd1',
    kind: 'deduction',
    program: 'def f(x):\n    return x + 1',
    input: '1',
    output: '2',
    step: 1,
    parents: [],
    behaviour: 'b',
    solveRate: 0.5,
    ...over,
  };
}

function graded(reward: number, proposed: Task | null, references: Task[] = []): Graded {
  return {
    draft: {
      kind: proposed?.kind ?? 'deduction',
      references,
      prompt: [5],
      rollout: { tokens: [1], logprobs: [0], finished: true },
      validity: proposed
        ? { ok: true, triplet: proposed, behaviour: proposed.behaviour, trial: null }
        : { ok: false, rejection: 'format', detail: '', trial: null },
      task: proposed,
      inner: null,
    },
    reward,
    advantage: 0,
  };
}

function adjusted(proposals: Graded[], changes: Partial<Config>, answers = new AnswerCounts()): number[] {
  adjustRewards(proposals, { ...DEFAULTS, ...changes }, answers);
  return proposals.map(({ reward }) => reward);
}

const IF = task({ program: 'def f(x):\n    if x > 1:\n        x = 2\n    return x', behaviour: 'c' });
const INDUCTION = task({
  kind: 'induction',
  examples: [
    { input: '1', output: '2' },
    { input: '2', output: '3' },
  ],
});

test('off, every reward stays what it is', () => {
  expect(adjusted([graded(0.5, task()), graded(0, IF), graded(-1, null)], {})).toEqual([0.5, 0, -1]);
});

describe('bonuses', () => {
  test('reach only learnable proposals', () => {
    const proposals = [graded(0.5, IF), graded(0, IF), graded(-0.5, IF), graded(-1, null)];
    expect(adjusted(proposals, { intrinsicComplexity: 1 })).toEqual([
      expect.closeTo(0.5 + 1 / 15),
      0,
      -0.5,
      -1,
    ]);
  });

  test('are capped one by one', () => {
    expect(adjusted([graded(0.5, IF)], { intrinsicComplexity: 4, intrinsicCap: 0.1 })).toEqual([
      expect.closeTo(0.6),
    ]);
    expect(
      adjusted([graded(0.5, IF)], { intrinsicAnswer: 4, intrinsicComplexity: 4, intrinsicCap: 0.1 }),
    ).toEqual([expect.closeTo(0.7)]);
  });

  test('measure a program’s size and its distance to the references', () => {
    const [small, large] = adjusted([graded(0.5, task()), graded(0.5, IF)], { intrinsicHalstead: 1 });
    expect(small).toBeGreaterThan(0.5);
    expect(large).toBeGreaterThan(small as number);
    const copies = [graded(0.5, task(), [task()]), graded(0.5, IF, [task()]), graded(0.5, IF)];
    const [copy, other, alone] = adjusted(copies, { intrinsicDistance: 1 });
    expect(copy).toBe(0.5);
    expect(other).toBeGreaterThan(0.5);
    expect(alone).toBe(0.5);
  });

  test('of the program leave induction alone, whose program is another’s', () => {
    const all = { intrinsicComplexity: 1, intrinsicHalstead: 1, intrinsicDistance: 1 };
    expect(adjusted([graded(0.5, INDUCTION, [IF])], all)).toEqual([0.5]);
    expect(adjusted([graded(0.5, INDUCTION, [IF])], { intrinsicAnswer: 0.2 })).toEqual([expect.closeTo(0.7)]);
  });

  test('are joined as the official code does', () => {
    expect(combine(0.5, [0.2, 0.4], 'sum')).toBeCloseTo(1.1);
    expect(combine(0.5, [0.2, 0.4], 'multiply')).toBeCloseTo(0.04);
    expect(combine(0.5, [0.2, 0.4], 'sum-multiply')).toBeCloseTo(0.58);
    expect(combine(0.5, [0.2, 0.4], 'multiply-sum')).toBeCloseTo(0.3);
    for (const how of ['sum', 'multiply', 'sum-multiply', 'multiply-sum'] as const) {
      expect(combine(0.5, [], how)).toBe(0.5);
    }
  });

  test('a rare answer surprises more than a common one, of its kind and of earlier steps', () => {
    const answers = new AnswerCounts();
    const changes = { intrinsicAnswer: 0.5 };
    const step = (...outputs: string[]) =>
      adjusted(
        outputs.map((output) => graded(0.5, task({ output }))),
        changes,
        answers,
      );
    expect(step('2', '2', '2', '3')).toEqual([1, 1, 1, 1]);
    expect(step('2', '3', '4')).toEqual([0.625, 0.875, 1]);
    // Abduction is answered by an input.
    expect(answers.surprise(task({ kind: 'abduction', output: '2' }))).toBe(1);
    answers.count(task({ kind: 'abduction', input: '7' }));
    expect(answers.surprise(task({ kind: 'abduction', input: '7' }))).toBe(0);
    expect(answers.surprise(task({ kind: 'abduction', input: '8', output: '2' }))).toBe(1);
  });

  test('a rare type is half of a hierarchical surprise', () => {
    const answers = new AnswerCounts();
    for (const output of ['1', '1', '2', "'a'"]) answers.count(task({ output }));
    const surprise = (output: string) => answers.surprise(task({ output }), 'hierarchical');
    // Three of four are integers, two of three integers are 1.
    expect(surprise('1')).toBeCloseTo((1 / 4 + 1 / 3) / 2);
    expect(surprise('7')).toBeCloseTo((1 / 4 + 1) / 2);
    expect(surprise("'a'")).toBeCloseTo((3 / 4 + 0) / 2);
    expect(surprise('[1]')).toBe(1);
    expect(answers.surprise(task({ output: '1' }), 'flat')).toBe(0.5);
    const reward = (changes: Partial<Config>) =>
      adjusted([graded(0.5, task({ output: '7' }))], { intrinsicAnswer: 0.5, ...changes }, answers)[0];
    expect(reward({ intrinsicRarity: 'hierarchical' })).toBeCloseTo(0.5 + 0.5 * 0.625);
  });

  test('rare inputs are an induction’s alone', () => {
    const proposals = () => [graded(0.5, INDUCTION), graded(0.5, task())];
    const answers = new AnswerCounts();
    expect(adjusted(proposals(), { intrinsicInput: 0.25 }, answers)).toEqual([0.75, 0.5]);
    // Both inputs were half of all.
    expect(adjusted(proposals(), { intrinsicInput: 0.25 }, answers)).toEqual([0.625, 0.5]);
  });
});

test('the repetition penalty is the share that acts alike, of the kind, and ends at 0', () => {
  const four = () => [
    graded(0.8, task()),
    graded(0.8, task()),
    graded(0.3, task()),
    graded(0.8, IF),
    graded(0.8, INDUCTION),
    graded(-0.5, task({ kind: 'abduction' })),
    graded(-1, null),
  ];
  expect(adjusted(four(), { repetitionPenalty: 0.5 })).toEqual([
    expect.closeTo(0.425),
    expect.closeTo(0.425),
    0,
    expect.closeTo(0.675),
    expect.closeTo(0.3),
    -0.5,
    -1,
  ]);
});

test('the distance of token lists is symmetric, within [0, 1], and 0 only for equal ones', () => {
  const tokens = fc.array(fc.nat(4), { maxLength: 12 });
  fc.assert(
    fc.property(tokens, tokens, (a, b) => {
      const between = distance(a, b);
      expect(between).toBeGreaterThanOrEqual(0);
      expect(between).toBeLessThanOrEqual(1);
      expect(distance(b, a)).toBe(between);
      expect(between === 0).toBe(a.join() === b.join());
    }),
  );
  expect(distance([1, 2, 3], [4, 5])).toBe(1);
  expect(distance([1, 2, 3, 4], [1, 9, 3, 4])).toBe(0.25);
});
