/** The official code's buffer, replicated with its defect, and what the solver draws from buffers. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { taskOf } from '../../test/builders.ts';
import { type Config, DEFAULTS } from '../config/hyperparameters.ts';
import { Random } from '../random.ts';
import type { Task } from '../tasks/task.ts';
import { TaskBuffer } from './buffer.ts';
import { drawSolverTasks, drawTasks } from './references.ts';

let named = 0;
function task(step: number, over: Partial<Task> = {}): Task {
  named++;
  const program = `def f(x):\n    return x + ${named}`;
  return taskOf(`d${named}`, { program, output: '1', step, fingerprint: `b${named}`, ...over });
}

const OFFICIAL: Config = {
  ...DEFAULTS,
  eviction: 'official-defect',
  bufferCapacity: 100,
  rejectKnownText: false,
};

/** Ids the solver draws at each step of a run that seeds 20 tasks and adds `perStep` a step. */
function simulate(
  config: Config,
  steps: number,
  perStep: (step: number) => number,
): { new: Set<string>[]; buffer: TaskBuffer } {
  const random = new Random(3);
  const buffer = new TaskBuffer(config, random.fork('buffer'));
  for (let i = 0; i < 20; i++) buffer.add(task(0));
  const drawn: Set<string>[] = [];
  for (let step = 1; step <= steps; step++) {
    buffer.startStep();
    const fresh = Array.from({ length: perStep(step) }, () => task(step));
    const newest = config.eviction === 'official-defect' ? buffer.officialNewest() : fresh;
    drawn.push(new Set(drawSolverTasks(newest, buffer.tasks, 10, config, random).map(({ id }) => id)));
    for (const each of fresh) buffer.add(each);
  }
  return { new: drawn, buffer };
}

describe('the official buffer', () => {
  test('drops new tasks once it is full, and serves the same last ones as new for ever', () => {
    const { new: drawn, buffer } = simulate(OFFICIAL, 40, () => 10);
    // 20 seeds and 8 steps of 10 fill it.
    expect(Math.max(...buffer.tasks.map(({ step }) => step))).toBe(8);
    expect(buffer.size).toBe(100);
    const last = new Set(buffer.tasks.slice(-10).map(({ id }) => id));
    for (const ids of drawn.slice(9)) expect(ids).toEqual(last);
  });

  test('at 60 % validity, six of ten draws are these, and the rest comes from anywhere', () => {
    const { new: drawn, buffer } = simulate(OFFICIAL, 200, () => 6);
    const last = new Set(buffer.tasks.slice(-6).map(({ id }) => id));
    const late = drawn.slice(-100);
    for (const ids of late) for (const id of last) expect(ids).toContain(id);
    expect(new Set(late.flatMap((ids) => [...ids])).size).toBeGreaterThan(80);
  });

  test('before that it serves the tasks of the step before', () => {
    const buffer = new TaskBuffer(OFFICIAL, new Random(3));
    for (let i = 0; i < 10; i++) buffer.add(task(0));
    const ages = [1, 2, 3, 4].map((step) => {
      buffer.startStep();
      const newest = buffer.officialNewest().map((each) => each.step);
      for (let i = 0; i < 5; i++) buffer.add(task(step));
      return newest;
    });
    expect(ages).toEqual([
      new Array(10).fill(0),
      new Array(5).fill(1),
      new Array(5).fill(2),
      new Array(5).fill(3),
    ]);
  });

  test('is a defect of its own: a buffer that evicts goes on meeting new tasks', () => {
    for (const eviction of ['newest', 'reservoir'] as const) {
      const { new: drawn } = simulate({ ...OFFICIAL, eviction }, 40, () => 10);
      expect(drawn.at(-1)).not.toEqual(drawn.at(-2));
    }
  });
});

describe('recent references', () => {
  test('weigh as the official step strategy: creation step plus one', () => {
    const tasks = [task(0), task(1), task(3)];
    const counts = [0, 0, 0];
    for (let seed = 0; seed < 4000; seed++) {
      const [drawn] = drawTasks(tasks, 1, 'recent', new Random(seed));
      counts[tasks.indexOf(drawn as Task)]!++;
    }
    const shares = counts.map((count) => count / 4000);
    for (const [i, share] of [1 / 7, 2 / 7, 4 / 7].entries())
      expect(Math.abs((shares[i] ?? 0) - share)).toBeLessThan(0.03);
  });
});

describe('known texts', () => {
  test('enter again only where the switch is off, and never in seeding', () => {
    const sizes = (rejectKnownText: boolean) => {
      const buffer = new TaskBuffer({ ...DEFAULTS, rejectKnownText }, new Random(1));
      const same = { program: 'def f(x):\n    return x', fingerprint: 'b' };
      const seeds = [task(0, same), task(0, same)].map((each) => buffer.add(each).added);
      return [...seeds, ...[task(1, same), task(2, same)].map((each) => buffer.add(each).added)];
    };
    expect(sizes(true)).toEqual([true, false, false, false]);
    expect(sizes(false)).toEqual([true, false, true, true]);
  });

  test('a buffer of repeated texts still knows its own tasks', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4), { maxLength: 60 }), fc.nat(), (texts, seed) => {
        const options = { ...DEFAULTS, rejectKnownText: false, bufferCapacity: 8, textsPerFingerprint: 1000 };
        const buffer = new TaskBuffer(options, new Random(seed));
        const offered = texts.map((text) => task(1, { program: `p${text}`, fingerprint: `b${text}` }));
        for (const each of offered) buffer.add(each);
        for (const each of offered) expect(buffer.has(each)).toBe(buffer.tasks.includes(each));
        for (const each of buffer.tasks) expect(buffer.find(each)?.program).toBe(each.program);
        const fingerprints = new Set(buffer.tasks.map(({ fingerprint }) => fingerprint));
        expect(new Set(buffer.fingerprints())).toEqual(fingerprints);
      }),
    );
  });
});
