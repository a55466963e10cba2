import { expect, test } from 'vitest';
import { ScriptedReasoner } from '../../test/selfplay/scriptedReasoner.ts';
import { SMALL } from '../../test/selfplay/scriptedRun.ts';
import { type HeldOutRequest, shippedOutcomes, tasksOf } from '../benchmark/shipped.ts';
import { SPECIAL } from '../language/tokenizer.ts';
import { NO_STATS, type Sandbox } from '../sandbox/sandbox.ts';
import { createContext } from './context.ts';
import { HeldOut } from './heldOut.ts';
import { quickTasksOf } from './schedule.ts';

/** Deduction is judged without a run. */
const idle: Sandbox = {
  run: async () => [],
  ready: async () => {},
  stats: () => NO_STATS,
  close: () => {},
};

const CONFIG = { ...SMALL, abduction: false, induction: false, passK: 0 };
const REQUEST: HeldOutRequest = {
  level: CONFIG.level,
  inductionExamples: CONFIG.inductionExamples,
  maxSolveTokens: CONFIG.maxSolveTokens,
  kinds: ['deduction'],
  tiers: CONFIG.evaluationTiers,
  tasks: CONFIG.evaluationTasks,
};
const TASKS = tasksOf(REQUEST);

function open() {
  const reasoner = new ScriptedReasoner();
  const heldOut = new HeldOut(
    createContext({ reasoner, sandbox: idle, config: CONFIG, listener: () => undefined }),
  );
  return { reasoner, heldOut };
}

test('while shipped scores stand for the base, it is asked for the examples alone, and each only once', async () => {
  const { reasoner, heldOut } = open();
  // As shipped, the base gets the last task of every tier wrong.
  const isLast = (at: number) => (at + 1) % REQUEST.tasks === 0;
  const outcomes = TASKS.map((_, at) => ({ correct: isLast(at) ? 0 : 1, thinks: 1 }));
  expect(heldOut.adopt(shippedOutcomes('', REQUEST, outcomes, outcomes))).toBe(true);
  const lasts = TASKS.filter((_, at) => isLast(at));

  const early = await heldOut.examples();
  expect(early.map(({ task, now }) => [task, now])).toEqual(lasts.map((task) => [task, null]));

  const { examples } = await heldOut.measure(1);
  expect(examples.map(({ base }) => base)).toEqual(early.map(({ base }) => base));
  expect(examples.map(({ task }) => task)).toEqual(lasts);
  expect(examples.every(({ base }) => base.responses[0]?.tokens[0] === SPECIAL.think)).toBe(true);
  const ofBase = () => reasoner.samples.filter(({ options }) => options.weights === 'base');
  expect(ofBase().map(({ prompts }) => prompts.length)).toEqual([lasts.length]);

  const again = await heldOut.measure(2);
  expect(again.examples.map(({ base }) => base)).toEqual(examples.map(({ base }) => base));
  expect(ofBase()).toHaveLength(1);
});

test('a quick evaluation asks the same few tasks each time, taken up again as well', async () => {
  const { reasoner, heldOut } = open();
  await heldOut.measureBase();
  const asked = async (of: HeldOut, by = reasoner) => {
    const before = by.samples.length;
    const scores = await of.measureFew();
    return { scores, prompts: by.samples.slice(before).flatMap(({ prompts }) => prompts) };
  };
  const first = await asked(heldOut);
  expect(first.scores).toMatchObject({
    tasks: quickTasksOf(CONFIG),
    thinks: { deduction: expect.any(Number) },
  });
  expect(Object.keys(first.scores?.scores.deduction ?? {})).toHaveLength(REQUEST.tiers);
  expect(first.prompts).toHaveLength(REQUEST.tiers * quickTasksOf(CONFIG));
  expect((await asked(heldOut)).prompts).toEqual(first.prompts);
  const later = open();
  later.heldOut.restore(heldOut.state());
  expect((await asked(later.heldOut, later.reasoner)).prompts).toEqual(first.prompts);
});

test('a run that was kept before there were quick evaluations has none', async () => {
  const { heldOut } = open();
  await heldOut.measureBase();
  const { few: _, ...earlier } = heldOut.state();
  heldOut.restore(earlier);
  expect(await heldOut.measureFew()).toBeNull();
});

test('what is measured of the base is not asked again', async () => {
  const { reasoner, heldOut } = open();
  await heldOut.measureBase();
  const before = reasoner.samples.length;
  const { examples } = await heldOut.measure(1);
  expect(examples.map(({ task }) => task.tier)).toEqual([1, 2, 3, 4, 5]);
  expect(reasoner.samples.length).toBe(before + 1);
});
