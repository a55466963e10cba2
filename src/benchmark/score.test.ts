import { expect, test } from 'vitest';
import { arithmeticQuestion } from '../language/arithmetic.ts';
import { TIERS } from '../language/grammar.ts';
import { isHeldOut } from '../language/heldOut.ts';
import { encode, SPECIAL } from '../language/tokenizer.ts';
import { Random } from '../random.ts';
import type { Reasoner, SampleOptions } from '../reasoner/reasoner.ts';
import { NO_STATS, type Sandbox } from '../sandbox/sandbox.ts';
import { solutionResponse } from '../tasks/format.ts';
import { SPECS } from '../tasks/index.ts';
import { CLASSICS, classicTasks, LONG_CLASSICS } from './classics.ts';
import { CAUSES } from './errors.ts';
import { scoreOf } from './report.ts';
import { type ScoringOptions, scoreSuites } from './score.ts';
import { arithmeticSuite, buildSuite } from './suites.ts';
import { TURNS } from './turns.ts';

/** Says of every program that it returns its input. */
const echo: Sandbox = {
  run: async (requests) =>
    requests.map(({ inputs }) => ({ outcomes: inputs.map((output) => ({ ok: true, output })) })),
  ready: async () => {},
  stats: () => NO_STATS,
  close: () => {},
};

const OPTIONS: ScoringOptions = { level: 1, tasks: 20, seed: 1, maxNewTokens: 32, inductionExamples: 8 };
const asked: { prompts: readonly (readonly number[])[]; options: SampleOptions }[] = [];

const answers = new Map<string, string>([
  ...buildSuite({ level: 1, kind: 'deduction', tier: 2, count: 20, seed: 1, inductionExamples: 8 }).map(
    (task) => [SPECS.deduction.solvePrompt(task).join(), task.output] as const,
  ),
  ...arithmeticSuite('equation', 20, 1).map(
    ({ question, answer }) => [[SPECIAL.solveArithmetic, ...encode(question)].join(), answer] as const,
  ),
]);

/** Knows deduction of tier 2 and equations; thinks only when forced to, or on every second sample. */
const reasoner = {
  sample: async (prompts: readonly (readonly number[])[], options: SampleOptions) => {
    asked.push({ prompts, options });
    return prompts.map((prompt, i) => {
      const forced = prompt.at(-1) === SPECIAL.think;
      const known = answers.get((forced ? prompt.slice(0, -1) : prompt).join());
      const thinks = !forced && !options.greedy && i % 2 === 0;
      const tokens = solutionResponse(thinks ? encode('1;') : null, known ?? 'None');
      return { tokens, logprobs: tokens.map(() => 0), finished: true };
    });
  },
} as Pick<Reasoner, 'sample'> as Reasoner;

const NO_ERRORS = Object.fromEntries(CAUSES.map((cause) => [cause, 0]));
const NO_TURNS = Object.fromEntries(TURNS.map((turn) => [turn, { reached: 0, wrong: 0 }]));

test('a report has every suite, measured in every way', async () => {
  asked.length = 0;
  const passK = { k: 2, n: 4, temperature: 0.7 };
  const report = await scoreSuites(reasoner, echo, { ...OPTIONS, passK });
  const sure = { tasks: 20, mean: 1, standardError: 0 };
  expect(report.heldOut.deduction?.['2']).toEqual({
    greedy: { ...sure, thinks: 0 },
    forced: { ...sure, thinks: 1 },
    passK: { ...sure, thinks: 0.5 },
    errors: { greedy: NO_ERRORS, forced: NO_ERRORS },
    shapes: expect.anything(),
    faithful: expect.anything(),
    turns: NO_TURNS,
  });
  const shapes = Object.values(report.heldOut.deduction?.['2']?.shapes ?? {});
  expect(shapes.length).toBeGreaterThan(1);
  expect(shapes.reduce((sum, { tasks }) => sum + tasks, 0)).toBe(20);
  expect(shapes.map(({ mean }) => mean)).toEqual(shapes.map(() => 1));
  const { greedy, errors } = report.heldOut.deduction?.['1'] ?? {};
  expect(errors?.greedy['at-once']).toBeCloseTo(1 - (greedy?.mean ?? 1));
  expect(errors?.forced.early).toBeCloseTo(1 - (greedy?.mean ?? 1));
  expect(report.heldOut.abduction?.['1']).not.toHaveProperty('errors');
  expect(Object.keys(report.heldOut.induction ?? {})).toEqual(TIERS.map(String));
  expect(report.heldOut.deduction?.['1']?.greedy.mean).toBeLessThan(0.5);
  expect(report.arithmetic.equation?.greedy).toEqual({ ...sure, thinks: 0 });
  expect(report.arithmetic.expression?.greedy.mean).toBe(0);
  const ofLevel = CLASSICS.filter(({ level }) => level === 1).length;
  expect(report.classics.induction?.greedy.tasks).toBe(ofLevel);
  expect(report.classics.deduction?.greedy.tasks).toBe(3 * ofLevel);
  expect(report.longClassics.deduction?.greedy.tasks).toBe(3 * LONG_CLASSICS.length);
  expect(report.arithmetic['long equation']?.greedy.tasks).toBe(20);
  expect(asked.map(({ options }) => [options.greedy, options.seed])).toEqual([
    [true, 0],
    [true, 0],
    [false, 1],
  ]);
  expect(asked[2]?.prompts.length).toBe(4 * (asked[0]?.prompts.length ?? 0));
  expect(asked[1]?.prompts.every((prompt) => prompt.at(-1) === SPECIAL.think)).toBe(true);
});

test('the same options give the same report; without pass@k nothing is sampled', async () => {
  const first = await scoreSuites(reasoner, echo, OPTIONS);
  asked.length = 0;
  expect(await scoreSuites(reasoner, echo, OPTIONS)).toEqual(first);
  expect(asked.map(({ options }) => options.greedy)).toEqual([true, true]);
  expect(first.passK).toBeNull();
});

test('the standard error of one answer a task is the binomial one', () => {
  const answered = [1, 1, 1, 0].map((correct) => ({ correct, thinks: 1 - correct }));
  expect(scoreOf(answered)).toEqual({
    tasks: 4,
    mean: 0.75,
    standardError: Math.sqrt((0.75 * 0.25) / 4),
    thinks: 0.25,
  });
  expect(scoreOf([{ correct: 1, thinks: 2 }], 4, 2).mean).toBeCloseTo(0.5);
});

test('arithmetic suites are distinct, held out and of one type; a small one begins a large one', () => {
  const large = arithmeticSuite('sequence', 120, 3);
  expect(arithmeticSuite('sequence', 20, 3)).toEqual(large.slice(0, 20));
  expect(new Set(large.map(({ question }) => question)).size).toBe(120);
  expect(large.every(({ type, question }) => type === 'sequence' && isHeldOut(question))).toBe(true);
  const random = new Random(4);
  const practised = new Set(Array.from({ length: 5000 }, () => arithmeticQuestion(random, false).question));
  expect(large.filter(({ question }) => practised.has(question))).toEqual([]);
});

test('abduction asks for every output of a classic once, and all kinds are of the classics that are given', async () => {
  const classics = CLASSICS.filter(({ level }) => level === 2);
  const tasks = await classicTasks(echo, classics, 1);
  expect(await classicTasks(echo, classics, 1)).toEqual(tasks);
  const outputs = tasks
    .filter(({ kind }) => kind === 'abduction')
    .map(({ name, output }) => `${name} ${output}`);
  expect(new Set(outputs).size).toBe(outputs.length);
  const programs = new Set(classics.map(({ program }) => program));
  expect(tasks.every(({ program }) => programs.has(program))).toBe(true);
  for (const { examples } of tasks.filter(({ kind }) => kind === 'induction'))
    expect(examples).toHaveLength(8);
});

test('a sandbox that refuses a classic is no judge', async () => {
  const refusing: Sandbox = {
    ...echo,
    run: async (requests) =>
      requests.map(({ inputs }) => ({
        outcomes: inputs.map(() => ({ ok: false, refusal: 'error', detail: '' }) as const),
      })),
  };
  await expect(classicTasks(refusing, CLASSICS, 1)).rejects.toThrow(/does not run/);
});
