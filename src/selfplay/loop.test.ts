/**
 * The whole loop, driven through its two interfaces: a scripted reasoner that writes grammar programs and
 * solves by coin toss, and the real judge (CPython in the Node sandbox).
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Config, DEFAULTS } from '../config/hyperparameters.ts';
import { isHeldOut } from '../language/heldOut.ts';
import { decode, SPECIAL } from '../language/tokenizer.ts';
import { Random } from '../random.ts';
import { DivergedError, type TrainingSequence } from '../reasoner/reasoner.ts';
import { createNodeSandbox } from '../sandbox/node.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { SOLVE_TOKEN } from '../tasks/format.ts';
import type { Attempt, Task } from '../tasks/task.ts';
import type { LoopEvent } from './events.ts';
import { SelfPlay } from './loop.ts';
import { ScriptedReasoner } from './scriptedReasoner.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createNodeSandbox();
}, 120_000);
afterAll(() => sandbox?.close());

const SMALL: Config = {
  ...DEFAULTS,
  steps: 4,
  proposalsPerKind: 8,
  bufferTasksPerKind: 3,
  attemptsPerTask: 4,
  seedingTarget: 12,
  evaluateEvery: 2,
  evaluationTasks: 2,
  passK: 2,
  passKTasks: 1,
};

/** Whether a program that the scripted reasoner wrote acts like one of the test set. */
const isOfTestSet = ({ programs }: ScriptedReasoner, text: string) => {
  const behaviour = programs.get(text)?.behaviour;
  return behaviour !== undefined && isHeldOut(behaviour);
};

function lab(changes: Partial<Config> = {}) {
  const config = { ...SMALL, ...changes };
  const reasoner = new ScriptedReasoner();
  const events: LoopEvent[] = [];
  const selfPlay = new SelfPlay({
    reasoner,
    sandbox,
    config,
    random: new Random(config.seed),
    listener: (event) => void events.push(structuredClone(event)),
  });
  const of = <T extends LoopEvent['type']>(type: T) =>
    events.filter((event): event is Extract<LoopEvent, { type: T }> => event.type === type);
  const buffered = () => Object.values(selfPlay.buffers).flatMap((buffer) => [...buffer.tasks]) as Task[];
  return { config, reasoner, events, selfPlay, of, buffered };
}

describe('before the first step', () => {
  test('one program grows into full buffers without an update', async () => {
    const { selfPlay, reasoner, of, buffered } = lab();
    const { seeding, planted } = await selfPlay.prepare();
    expect(planted.refused).toBeNull();
    expect(reasoner.frozen).toBe(1);
    expect(reasoner.updates).toEqual([]);
    const [first] = of('tasks');
    expect(first?.added.map(({ program, output }) => [program, output])).toEqual([
      ['def f():\n    return "hello world"', "'hello world'"],
      ['def f():\n    return "hello world"', "'hello world'"],
    ]);
    expect(seeding.tasks).toEqual({ deduction: 12, abduction: 12, induction: 12 });
    expect(buffered().some(({ program }) => isOfTestSet(reasoner, program))).toBe(false);
    const [base] = of('base');
    expect(Object.keys(base?.scores ?? {})).toEqual(['deduction', 'abduction', 'induction']);
    expect(Object.keys(base?.forced ?? {})).toEqual(['deduction', 'abduction', 'induction']);
  });

  test('a pasted program takes the seed’s place, a broken one is refused with a reason', async () => {
    const pasted = 'def f(s, n):\n    return s * n';
    const good = lab({ seedingRounds: 1 });
    expect((await good.selfPlay.prepare(pasted)).planted).toEqual({ own: 1, refused: null });
    expect(good.of('tasks')[0]?.added[0]).toMatchObject({ program: pasted, step: 0, parents: [] });
    const bad = lab({ seedingRounds: 1 });
    expect((await bad.selfPlay.prepare('def f(:')).planted.refused?.rejection).toBe('syntax');
    expect(bad.of('tasks')[0]?.added[0]?.program).toContain('hello world');
  });

  test('several pasted programs are seeds all of them, and the one that is refused is named', async () => {
    const [join, broken, double] = [
      'def f(s, n):\n    return s * n',
      'def f(:',
      'def f(x):\n    return x * 2',
    ];
    const { selfPlay, of } = lab({ seedingRounds: 1 });
    const { planted } = await selfPlay.prepare([join, broken, double].join('\n\n'));
    expect(planted).toMatchObject({ own: 2, refused: { program: broken, rejection: 'syntax' } });
    const seeds = of('tasks')[0]?.added.map(({ program, kind }) => `${kind} ${program}`);
    expect(seeds).toEqual(
      [join, join, double, double].map((text, i) => `${i % 2 ? 'abduction' : 'deduction'} ${text}`),
    );
  });
});

describe('a step', () => {
  test('runs all six roles, rewards as the paper does and reports what it did', async () => {
    const { selfPlay, reasoner, of, buffered, config } = lab();
    await selfPlay.prepare();
    const before = buffered().length;
    const metrics = await selfPlay.step();
    expect(metrics.step).toBe(1);
    expect(Object.keys(metrics.reward).sort()).toEqual(
      ['deduction', 'abduction', 'induction'].flatMap((k) => [`propose:${k}`, `solve:${k}`]).sort(),
    );
    expect(metrics.proposals).toBe(3 * config.proposalsPerKind);
    expect(metrics.newTasks).toBeGreaterThan(0);
    expect(metrics.bufferSize).toBe(before + metrics.newTasks);
    expect(metrics.bufferSize).toBe(buffered().length);
    expect(metrics.learnability.length).toBe(config.attemptsPerTask + 1);
    expect(metrics.thinkShare.deduction).toBeGreaterThan(0);
    expect(metrics.heldOut).toBeUndefined();
    expect(metrics.tokensSampled).toBeGreaterThan(metrics.tokensTrained / 2);

    const valid = metrics.learnability.reduce((sum, count) => sum + count, 0);
    const invalid = Object.entries(metrics.rejections)
      .filter(([rejection]) => rejection !== 'known')
      .reduce((sum, [, count]) => sum + count, 0);
    expect(valid + invalid).toBe(metrics.proposals);

    const attempts = of('attempts').flatMap((event) => event.attempts);
    expect(attempts.length).toBe(config.attemptsPerTask * (valid + 3 * config.bufferTasksPerKind));
    expect(new Set(attempts.map(({ reward }) => reward))).toEqual(new Set([1, -0.5]));
    for (const { verdict, reward } of attempts) expect(reward).toBe(verdict === 'correct' ? 1 : -0.5);
    // New tasks keep their lineage and get their solve rate at once.
    const added = of('tasks').at(-1)?.added ?? [];
    expect(added.length).toBe(metrics.newTasks);
    for (const task of added) {
      expect(task.solveRate).not.toBeNull();
      expect(task.parents.length).toBe(task.kind === 'induction' ? 1 : config.references);
    }
    expect(reasoner.updates.length).toBe(1);
  });

  test('trains on advantages that sum to zero per task, with KL on the proposer only', async () => {
    const { selfPlay, reasoner, config } = lab();
    await selfPlay.prepare();
    await selfPlay.step();
    const [{ sequences, options }] = reasoner.updates as [(typeof reasoner.updates)[number]];
    const isProposer = (s: TrainingSequence) =>
      (s.prompt[0] as number) >= SPECIAL.proposeDeduction &&
      (s.prompt[0] as number) <= SPECIAL.proposeInduction;
    const solver = sequences.filter((s) => !isProposer(s));
    const byPrompt = new Map<string, number>();
    for (const { prompt, weight } of solver) {
      byPrompt.set(prompt.join(), (byPrompt.get(prompt.join()) ?? 0) + (weight as number));
    }
    for (const sum of byPrompt.values()) expect(sum).toBeCloseTo(0, 6);
    expect(solver.every(({ klToBase }) => klToBase === 0)).toBe(true);
    expect(solver.every(({ weight }) => weight !== 0)).toBe(true);
    expect(sequences.filter(isProposer).every(({ klToBase }) => klToBase === config.klPropose)).toBe(true);
    expect(sequences.every(({ samplerLogprobs }) => samplerLogprobs === undefined)).toBe(true);
    expect(options.learningRate).toBe(config.learningRate);
    expect(options.ppoClip).toBeUndefined();
  });

  test('never practises a program of the test set', async () => {
    const { selfPlay, reasoner, of, buffered } = lab();
    await selfPlay.prepare();
    for (let i = 0; i < 3; i++) await selfPlay.step();
    const heldOut = of('rejected').filter(({ rejection }) => rejection === 'held-out');
    expect(heldOut.length).toBeGreaterThan(0);
    expect(buffered().some(({ program }) => isOfTestSet(reasoner, program))).toBe(false);
    for (const { sequences } of reasoner.updates) {
      for (const { prompt, response } of sequences) {
        const from = prompt[0] as number;
        const text =
          from === SPECIAL.proposeDeduction || from === SPECIAL.proposeAbduction
            ? decode(response.slice(1, response.indexOf(SPECIAL.input)))
            : from === SOLVE_TOKEN.deduction
              ? decode(prompt.slice(1, prompt.indexOf(SPECIAL.input)))
              : '';
        expect(isOfTestSet(reasoner, text)).toBe(false);
      }
    }
  });

  test('evaluates when due and after the last, beside the base', async () => {
    const { selfPlay } = lab({ steps: 3 });
    await selfPlay.prepare();
    const all = [await selfPlay.step(), await selfPlay.step(), await selfPlay.step()];
    expect(all.map(({ heldOut }) => heldOut !== undefined)).toEqual([false, true, true]);
    expect(all[1]?.base).toEqual(all[1]?.heldOut);
    expect(Object.keys(all[1]?.heldOut?.deduction ?? {})).toEqual(['1', '2', '3', '4', '5']);
    expect(all[1]?.heldOutPassK?.k).toBe(2);
  });

  test('shows one real task from proposal to reward', async () => {
    const { selfPlay, of } = lab();
    await selfPlay.prepare();
    await selfPlay.step();
    const stages = of('stage').filter(({ step }) => step === 1);
    expect([...new Set(stages.map(({ stage }) => stage))]).toEqual([
      'propose',
      'verify',
      'attempt',
      'judge',
      'update',
    ]);
    const last = stages.at(-1)?.hand;
    expect(last?.attempts?.length).toBe(4);
    expect(last?.solveRate).toBeTypeOf('number');
    expect(last?.proposerReward).toBeTypeOf('number');
    const attempts = of('attempts').flatMap((event) => event.attempts);
    const taskOf = ({ response }: { response: string }) =>
      attempts.find((attempt: Attempt) => attempt.response === response);
    expect(last?.attempts?.every((attempt) => taskOf(attempt))).toBe(true);
  });

  test('waits for the listener, and a listener that throws ends it', async () => {
    const { config } = lab();
    let waited = 0;
    const selfPlay = new SelfPlay({
      reasoner: new ScriptedReasoner(),
      sandbox,
      config: { ...config, seedingRounds: 1 },
      random: new Random(1),
      listener: async (event) => {
        if (event.type !== 'stage' || event.step === 0) return;
        if (event.stage === 'attempt') throw new Error('reset');
        await new Promise((resolve) => setTimeout(resolve, 1));
        waited++;
      },
    });
    await selfPlay.prepare();
    await expect(selfPlay.step()).rejects.toThrow('reset');
    expect(waited).toBe(4);
  });

  test('whose loss is no number is told with its detection and ends the run with a plain error', async () => {
    const { selfPlay, reasoner, of } = lab({ seedingRounds: 1, evaluateEvery: 2 });
    await selfPlay.prepare();
    expect(await selfPlay.step()).not.toHaveProperty('detections');
    reasoner.loss = Number.NaN;
    const metrics = await selfPlay.step();
    expect(metrics).toMatchObject({ step: 2, loss: Number.NaN });
    expect(metrics.detections).toMatchObject([{ name: 'not a number', step: 2 }]);
    // Spoiled weights are not measured.
    expect(metrics.heldOut).toBeUndefined();
    expect(of('stage').some(({ step, stage }) => step === 2 && stage === 'evaluate')).toBe(false);
    await expect(selfPlay.step()).rejects.toThrow(DivergedError);
    expect(selfPlay.steps).toBe(2);
  });
});

describe('switches', () => {
  test('error deduction adds a kind with its own buffer and roles, and is not there when off', async () => {
    const { selfPlay, reasoner, buffered } = lab({ error: true });
    const { seeding } = await selfPlay.prepare();
    expect(seeding.tasks.error).toBe(12);
    const metrics = await selfPlay.step();
    expect(Object.keys(metrics.reward)).toContain('propose:error');
    expect(metrics.bufferByKind.error).toBeGreaterThanOrEqual(12);
    expect(
      buffered()
        .filter(({ kind }) => kind === 'error')
        .every(({ output }) => /^\w+$/.test(output)),
    ).toBe(true);
    const asked = reasoner.prompts.filter(([role]) => role === SPECIAL.solveError);
    expect(asked.length).toBeGreaterThan(0);
    const without = lab();
    await without.selfPlay.prepare();
    expect(Object.keys((await without.selfPlay.step()).bufferByKind)).toEqual([
      'deduction',
      'abduction',
      'induction',
    ]);
  });

  test('the same seed gives the same run, another seed another', async () => {
    const play = async (seed: number) => {
      const { selfPlay, buffered } = lab({ seed, seedingTarget: 6 });
      await selfPlay.prepare();
      const { seconds, phaseSeconds, ...metrics } = await selfPlay.step();
      return { metrics, tasks: buffered() };
    };
    const first = await play(1);
    expect(await play(1)).toEqual(first);
    expect((await play(2)).tasks).not.toEqual(first.tasks);
  });

  test('the step budget holds for every run of every program', async () => {
    const budgets = new Set<number | undefined>();
    const watched: Sandbox = {
      run: (requests) => {
        for (const { steps } of requests) budgets.add(steps);
        return sandbox.run(requests);
      },
      ready: () => sandbox.ready(),
      stats: () => sandbox.stats(),
      close: () => {},
    };
    const config = { ...SMALL, seedingTarget: 4, programSteps: 300 };
    const selfPlay = new SelfPlay({
      reasoner: new ScriptedReasoner(),
      sandbox: watched,
      config,
      random: new Random(1),
      listener: () => {},
    });
    await selfPlay.prepare();
    await selfPlay.step();
    expect([...budgets]).toEqual([300]);
  });

  test('attempts that are not reused measure tasks but do not train', async () => {
    const { selfPlay, reasoner, config } = lab({ reuseAttempts: false, baseline: 'trr++', ppoClip: true });
    await selfPlay.prepare();
    await selfPlay.step();
    const { sequences = [], options } = reasoner.updates[0] ?? {};
    const solver = sequences.filter(({ prompt }) => Object.values(SOLVE_TOKEN).includes(prompt[0] as number));
    expect(solver.length).toBeLessThanOrEqual(3 * config.proposalsPerKind);
    expect(solver.length).toBeGreaterThan(0);
    expect(
      sequences.every(({ samplerLogprobs, response }) => samplerLogprobs?.length === response.length),
    ).toBe(true);
    expect(options?.ppoClip).toEqual({ low: 0.2, high: 0.2 });
  });

  test('solver-only proposes but does not train the proposer; kinds can be left out', async () => {
    const { selfPlay, reasoner } = lab({ trainProposer: false, abduction: false, induction: false });
    await selfPlay.prepare();
    const metrics = await selfPlay.step();
    expect(Object.keys(metrics.reward).sort()).toEqual(['propose:deduction', 'solve:deduction']);
    expect(reasoner.updates[0]?.sequences.every(({ prompt }) => prompt[0] === SOLVE_TOKEN.deduction)).toBe(
      true,
    );
    expect(metrics.bufferByKind.abduction).toBe(0);
  });

  test('the filter keeps extremes out of the buffer, and changes nothing else of the step', async () => {
    const play = async (changes: Partial<Config>) => {
      const made = lab({ abduction: false, induction: false, ...changes });
      await made.selfPlay.prepare();
      await made.selfPlay.step();
      return { added: made.of('tasks').at(-1)?.added ?? [], updates: made.reasoner.updates };
    };
    const all = await play({});
    const some = await play({ bufferFilter: 'non-extremes' });
    const isBetween = ({ solveRate }: Task) => solveRate !== null && solveRate > 0 && solveRate < 1;
    expect(some.added).toEqual(all.added.filter(isBetween));
    expect(some.added.length).toBeLessThan(all.added.length);
    expect(some.updates).toEqual(all.updates);
  });

  test('buffers read every second step leave the last step’s tasks to the next', async () => {
    const steps = async (refreshEvery: number) => {
      const { selfPlay, buffered, of } = lab({ refreshEvery, composition: 0 });
      await selfPlay.prepare();
      await selfPlay.step();
      await selfPlay.step();
      const stepOf = new Map(buffered().map(({ id, step }) => [id, step]));
      const parents = buffered().flatMap((task) => (task.step === 2 ? task.parents : []));
      const attempted =
        of('attempts')
          .at(-1)
          ?.attempts.map(({ taskId }) => taskId) ?? [];
      return [parents, attempted].map((ids) => new Set(ids.map((id) => stepOf.get(id))));
    };
    const [parents, attempted] = await steps(2);
    expect(parents?.has(0)).toBe(true);
    expect(parents?.has(1)).toBe(false);
    expect(attempted?.has(2)).toBe(true);
    expect(attempted?.has(1)).toBe(false);
    const [latestParents, latestAttempted] = await steps(1);
    expect(latestParents?.has(1)).toBe(true);
    expect(latestAttempted?.has(1)).toBe(true);
  });

  test('a run can begin from nothing at all', async () => {
    const { selfPlay, of, buffered } = lab({ seedProgram: 'none' });
    const { planted } = await selfPlay.prepare();
    expect(planted).toEqual({ own: 0, refused: null });
    expect(
      of('tasks')
        .find(({ added }) => added.length > 0)
        ?.added.every(({ parents }) => parents.length === 0),
    ).toBe(true);
    expect(buffered().some(({ program }) => program.includes('hello world'))).toBe(false);
    expect((await selfPlay.step()).newTasks).toBeGreaterThan(0);
  });

  test('vocabulary dropout bans tokens of the proposer alone, others each time', async () => {
    const { selfPlay, reasoner } = lab({ vocabularyDropout: 0.2, abduction: false, induction: false });
    await selfPlay.prepare();
    await selfPlay.step();
    const isProposing = ([prompt]: readonly (readonly number[])[]) =>
      prompt?.[0] === SPECIAL.proposeDeduction;
    const masks = reasoner.samples.map(({ prompts, options }) => [isProposing(prompts), options.banned]);
    expect(masks.every(([proposes, banned]) => proposes === (banned !== undefined))).toBe(true);
    const texts = masks.flatMap(([, banned]) => (banned ? [String(banned)] : []));
    expect(texts.length).toBeGreaterThan(1);
    expect(new Set(texts).size).toBe(texts.length);
    const usual = lab({ abduction: false, induction: false });
    await usual.selfPlay.prepare();
    expect(usual.reasoner.samples.every(({ options }) => options.banned === undefined)).toBe(true);
  });

  test('a bonus and a penalty move the proposer’s rewards, and only those', async () => {
    const play = async (changes: Partial<Config>) => {
      const { selfPlay } = lab(changes);
      await selfPlay.prepare();
      const { reward, newTasks, learnability } = await selfPlay.step();
      return { reward, newTasks, learnability };
    };
    const usual = await play({});
    const bonus = await play({ intrinsicAnswer: 0.5 });
    const penalty = await play({ repetitionPenalty: 1 });
    for (const changed of [bonus, penalty]) {
      expect({ ...changed, reward: null }).toEqual({ ...usual, reward: null });
      expect(changed.reward['solve:deduction']).toBe(usual.reward['solve:deduction']);
    }
    const proposer = ({ reward }: typeof usual) => reward['propose:deduction'] ?? 0;
    expect(proposer(bonus)).toBeGreaterThan(proposer(usual));
    expect(proposer(penalty)).toBeLessThan(proposer(usual));
  });

  test('a moving average and a band reach the update', async () => {
    const weights = async (changes: Partial<Config>, steps: number) => {
      const { selfPlay, reasoner } = lab(changes);
      await selfPlay.prepare();
      for (let i = 0; i < steps; i++) await selfPlay.step();
      return reasoner.updates.map(({ sequences }) => sequences.map(({ weight }) => weight));
    };
    const average = { baseline: 'moving-average', proposerBaseline: 'moving-average' } as const;
    const [first, second] = await weights(average, 2);
    const [firstOfTrr, secondOfTrr] = await weights({ baseline: 'trr++' }, 2);
    expect(first).toEqual(firstOfTrr);
    expect(second).not.toEqual(secondOfTrr);
    const [all] = await weights({}, 1);
    const [band] = await weights({ solverBand: 'at-most-half' }, 1);
    expect(band?.length).toBeLessThan(all?.length ?? 0);
  });
});
