import { afterAll, beforeAll, expect, test } from 'vitest';
import { fetchPublic, openTrainer, SHORT_RUN, timeless } from '../../test/trainer/trainer.ts';
import type { Config } from '../config/hyperparameters.ts';
import type { Event, KeptRun, Seat } from '../run/protocol.ts';
import type { Answers, Question } from '../run/visit.ts';
import { createNodeSandbox } from '../sandbox/node.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { fetchShippedBase } from './shippedBase.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createNodeSandbox({ workers: 1 });
});
afterAll(() => sandbox.close());

const NANO: Partial<Config> = {
  base: 'shipped',
  size: 'nano',
  maxSolveTokens: 48,
  maxProposeTokens: 64,
  learningRate: 3e-3,
};
const PROGRAM = 'def f(x):\n    y = x * 2\n    return y - 3, x + y';
const WRITING = { kind: 'deduction', program: PROGRAM, input: '4' } as const;
const TASK = { kind: 'deduction', program: PROGRAM, input: '4', output: '(5, 12)' } as const;

function trainer() {
  const opened = openTrainer(sandbox, {
    fetchBase: (size, level, variant, assetBase, onProgress) =>
      fetchShippedBase(size, level, variant, assetBase, onProgress, fetchPublic),
  });
  const { events, send, until } = opened;
  let id = 0;
  return {
    ...opened,
    start: (paused: boolean, more: Parameters<typeof opened.start>[2] = {}, over: Partial<Config> = {}) =>
      opened.start(paused, { ...NANO, ...over }, more),
    async ask<Q extends Question>(question: Q, seat: Seat | null = null): Promise<Answers[Q['about']]> {
      const own = id++;
      const isOwn = (event: Event) =>
        (event.type === 'answered' || event.type === 'unanswered') && event.id === own;
      send({ type: 'ask', id: own, question, seat });
      await until(() => events.some(isOwn));
      const event = events.find(isOwn);
      if (event?.type !== 'answered') throw new Error(event?.type === 'unanswered' ? event.problem : '');
      return event.answer as Answers[Q['about']];
    },
    kept: () => events.flatMap((event) => (event.type === 'kept' && event.run ? [event.run] : [])),
    added: () => events.flatMap((event) => (event.type === 'tasks' ? event.added : [])),
  };
}

test('visitors are answered while a run loads, rests, goes on and has ended, and it takes the steps that it would have taken', async () => {
  const alone = trainer();
  alone.start(false);
  await alone.until(() => alone.states().at(-1) === 'finished');

  const visited = trainer();
  visited.start(true);
  // Asked before there is an engine.
  const first = await visited.ask({ about: 'tries', task: TASK });
  expect(first.now).toBeNull();
  expect(first.base.tries).toHaveLength(8);
  expect(await visited.ask({ about: 'tries', task: TASK })).toEqual(first);
  await visited.until(() => visited.states().at(-1) === 'paused');
  expect(await visited.ask({ about: 'tries', task: TASK })).toEqual(first);
  visited.send({ type: 'step' });
  await visited.until(() => visited.steps().length === 1 && visited.states().at(-1) === 'paused');
  const second = await visited.ask({ about: 'tries', task: TASK });
  // The base is what it was, and the reasoner is asked beside it.
  expect(second.base).toEqual(first.base);
  expect(second.now?.step).toBe(1);
  const pace = await visited.ask({ about: 'pace' });
  expect(pace.device).toContain('WebAssembly');
  expect(pace.secondsPerStep).toBeGreaterThan(0);
  visited.send({ type: 'resume' });
  const third = await visited.ask({ about: 'tries', task: TASK });
  const { tokens } = third.base.tries[0]!;
  const inside = await visited.ask({ about: 'inside', task: TASK, tokens });
  expect(inside.steps.map(({ text }) => text).join('')).toBe(third.base.tries[0]!.response);
  expect(inside.step).toBeGreaterThan(0);
  inside.steps.forEach(({ base, now }, at) => {
    for (const choices of [base, now ?? []]) {
      const probabilities = choices.map(({ probability }) => probability);
      expect(probabilities.length).toBeGreaterThan(0);
      expect(probabilities).toEqual([...probabilities].sort((a, b) => b - a));
      expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeLessThan(1.0001);
    }
    const isApart = now?.[0]?.text !== base[0]?.text;
    expect(isApart && (inside.parts === null || at < inside.parts)).toBe(false);
    if (at === inside.parts) expect(isApart).toBe(true);
  });
  expect(third.base).toEqual(first.base);
  await visited.until(() => visited.states().at(-1) === 'finished');
  const fourth = await visited.ask({ about: 'tries', task: TASK });
  const written = await visited.ask({ about: 'writing', writing: WRITING });
  expect([fourth.base, fourth.now?.step]).toEqual([first.base, 3]);
  expect(written).toMatchObject({ ok: true, triplet: { output: '(5, 12)' } });
  expect(await visited.ask({ about: 'gift', writing: WRITING })).toMatchObject({ ok: false });

  expect(timeless(visited.steps())).toEqual(timeless(alone.steps()));
  expect(visited.added()).toEqual(alone.added());
}, 240_000);

test('a run that is paused while it loads comes to rest before its first step, where visitors are answered', async () => {
  const { start, send, ask, until, states, steps } = trainer();
  start(false);
  send({ type: 'pause' });
  const { base } = await ask({ about: 'tries', task: TASK });
  expect(base.tries).toHaveLength(8);
  await until(() => states().at(-1) === 'paused');
  expect(steps()).toEqual([]);
  send({ type: 'resume' });
  await until(() => states().at(-1) === 'finished');
}, 240_000);

test('a visitor’s own answers are judged in every kind, and wrong steps of tries are found', async () => {
  const { ask } = trainer();
  const config = { ...SHORT_RUN, ...NANO, evaluationTiers: 3 };
  const seat = { config, device: 'wasm', kept: null } as const;
  const suite = await ask({ about: 'suite' }, seat);
  const first = (kind: string) => suite.find((task) => task.kind === kind)!;
  const [deduction, abduction, induction] = ['deduction', 'abduction', 'induction'].map(first);
  if (!deduction || !abduction || !induction) throw new Error('A kind is missing.');
  const judge = async (task: typeof deduction, answer: string) => {
    const { verdict, detail } = await ask({ about: 'answer', task, answer }, seat);
    expect(detail).not.toBe('');
    return verdict;
  };
  expect(await judge(deduction, ` ${deduction.output.replaceAll(' ', '')}\n`)).toBe('correct');
  expect(await judge(deduction, '12345')).toBe('wrong');
  expect(await judge(deduction, 'f(3)')).toBe('format');
  expect(await judge(deduction, '½')).toBe('format');
  expect(await judge(abduction, abduction.input)).toBe('correct');
  expect(await judge(abduction, "'no number'")).toBe('wrong');
  expect(await judge(abduction, 'x = 3')).toBe('format');
  expect(await judge(induction, induction.program.replace('def f', 'def mine'))).toBe('correct');
  expect(await judge(induction, 'def f(x):\n    return 12345')).toBe('wrong');
  expect(await judge(induction, 'def f(x)\n    return x')).toBe('format');

  const tries = await ask({ about: 'tries', task: deduction }, seat);
  const { tokens } = tries.base.tries[0]!;
  const inside = await ask({ about: 'inside', task: deduction, tokens }, seat);
  expect(inside).toMatchObject({ parts: null, step: 0 });
  expect(inside.steps.every(({ base, now }) => base.length > 0 && now === null)).toBe(true);
  expect(await ask({ about: 'inside', task: deduction, tokens }, seat)).toEqual(inside);
  for (const { verdict, traced } of tries.base.tries) {
    expect(traced?.cause === null).toBe(verdict === 'correct');
  }
  const other = await ask({ about: 'tries', task: abduction }, seat);
  expect(other.base.tries.map(({ traced }) => traced)).toEqual(Array(8).fill(null));
}, 240_000);

test('a task that a person wrote enters between two steps, marked, is kept, and is resumed with', async () => {
  const whole = trainer();
  whole.start(true, { keepEvery: 0 });
  // Before the first step: it waits in the buffer of the seeding.
  const early = await whole.ask({ about: 'gift', writing: { ...WRITING, input: '7' } });
  expect(early.ok).toBe(true);
  whole.send({ type: 'step' });
  await whole.until(() => whole.steps().length === 1 && whole.states().at(-1) === 'paused');
  const given = await whole.ask({ about: 'gift', writing: WRITING });
  if (!given.ok) throw new Error(given.detail);
  const task = whole.added().find(({ id }) => id === given.id);
  expect(task).toMatchObject({ ...TASK, byHand: true, step: 1, parents: [] });
  expect(await whole.ask({ about: 'gift', writing: WRITING })).toMatchObject({ ok: false });
  expect(
    await whole.ask({ about: 'gift', writing: { ...WRITING, program: 'def f(x):\n    return x' } }),
  ).toMatchObject({ ok: false });
  const kept = structuredClone(whole.kept().at(-1)) as KeptRun;
  expect(kept.state.step).toBe(1);
  expect(JSON.stringify(kept.state)).toContain(given.id);
  whole.send({ type: 'resume' });
  await whole.until(() => whole.states().at(-1) === 'finished');

  const resumed = trainer();
  resumed.start(false, { from: kept, earlier: whole.steps().slice(0, 1) });
  await resumed.until(() => resumed.states().at(-1) === 'finished');
  expect(timeless(resumed.steps())).toEqual(timeless(whole.steps().slice(1)));
}, 240_000);

test('without a run the base of the set-up answers, and of a kept run its reasoner beside the base', async () => {
  const run = trainer();
  run.start(false, { keepEvery: 0 });
  await run.until(() => run.states().at(-1) === 'finished' && run.kept().at(-1)?.state.step === 3);
  const asked = await run.ask({ about: 'tries', task: TASK });
  const config = { ...SHORT_RUN, ...NANO };

  const shown = trainer();
  const kept = { name: '1', step: 3, run: structuredClone(run.kept().at(-1)) as KeptRun };
  const seat = { config, device: 'wasm', kept } as const;
  expect(await shown.ask({ about: 'tries', task: TASK }, seat)).toEqual(asked);
  // It sits there: its weights need not come again.
  const again = { ...seat, kept: { ...kept, run: null } };
  expect(await shown.ask({ about: 'tries', task: TASK }, again)).toEqual(asked);
  expect(await shown.ask({ about: 'gift', writing: WRITING }, again)).toMatchObject({ ok: false });
  expect(await shown.ask({ about: 'writing', writing: WRITING }, again)).toMatchObject({ ok: true });

  const base = { config, device: 'wasm', kept: null } as const;
  const ofBase = await shown.ask({ about: 'tries', task: TASK }, base);
  expect(ofBase).toMatchObject({ base: asked.base, now: null });
  expect(await shown.ask({ about: 'gift', writing: WRITING }, base)).toMatchObject({ ok: false });
  // The run that is started then takes the same steps.
  shown.start(false);
  await shown.until(() => shown.states().at(-1) === 'finished');
  expect(timeless(shown.steps())).toEqual(timeless(run.steps()));

  const nothing = trainer();
  const warm = { config: { ...config, base: 'warm-up' as const }, device: 'wasm', kept: null } as const;
  await expect(nothing.ask({ about: 'tries', task: TASK }, warm)).rejects.toThrow('warm-up is over');
}, 240_000);
