/** Laws of what is remembered and what is drawn from it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { taskOf } from '../../test/builders.ts';
import { DEFAULTS } from '../config/hyperparameters.ts';
import { Random } from '../random.ts';
import { ALL_KINDS, type Task, type TaskKind } from '../tasks/task.ts';
import { TaskBuffer } from './buffer.ts';
import { drawReferences, drawSolverTasks, drawTasks } from './references.ts';
import { mean } from './rewards.ts';

function task(i: number, over: Partial<Task> = {}): Task {
  return taskOf(`d${i}`, {
    program: `def f(x):\n    return x + ${i}`,
    output: `${i + 1}`,
    step: i,
    fingerprint: `b${i}`,
    ...over,
  });
}

describe('the buffer', () => {
  const options = {
    bufferCapacity: 8,
    eviction: 'reservoir' as const,
    textsPerFingerprint: 3,
    rejectKnownText: true,
  };
  const additions = fc.array(fc.record({ text: fc.nat(40), fingerprint: fc.nat(6) }), { maxLength: 120 });

  test('never exceeds capacity, repeats a text or exceeds the texts of a behaviour', () => {
    fc.assert(
      fc.property(
        additions,
        fc.constantFrom('reservoir' as const, 'newest' as const, 'keep-oldest' as const),
        fc.nat(),
        (items, eviction, seed) => {
          const buffer = new TaskBuffer({ ...options, eviction }, new Random(seed));
          let size = 0;
          for (const { text, fingerprint } of items) {
            const addition = buffer.add(task(text, { fingerprint: `b${fingerprint}` }));
            if (addition.added && !addition.evicted) size++;
            expect(buffer.size).toBe(size);
          }
          expect(size).toBeLessThanOrEqual(options.bufferCapacity);
          expect(new Set(buffer.tasks.map(({ program }) => program)).size).toBe(size);
          const counts = new Map<string, number>();
          for (const { fingerprint } of buffer.tasks)
            counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + 1);
          expect([...buffer.fingerprints()].sort()).toEqual([...counts.keys()].sort());
          expect(Math.max(0, ...counts.values())).toBeLessThanOrEqual(options.textsPerFingerprint);
          for (const held of buffer.tasks) expect(buffer.find(held)).toBe(held);
        },
      ),
    );
  });

  test('evicting the oldest keeps the newest, the replica keeps the oldest', () => {
    const fill = (eviction: 'newest' | 'keep-oldest') => {
      const buffer = new TaskBuffer({ ...options, eviction }, new Random(1));
      for (let i = 0; i < 20; i++) buffer.add(task(i));
      return buffer.tasks.map(({ step }) => step);
    };
    expect(fill('newest')).toEqual([12, 13, 14, 15, 16, 17, 18, 19]);
    expect(fill('keep-oldest')).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  test('a reservoir keeps all ages alike', () => {
    const ages: number[] = [];
    for (let seed = 0; seed < 300; seed++) {
      const buffer = new TaskBuffer(options, new Random(seed));
      for (let i = 0; i < 80; i++) buffer.add(task(i));
      ages.push(...buffer.tasks.map(({ step }) => step));
    }
    // Uniform on 0 … 79: mean 39.5, and 2400 draws know it to about ± 0.5.
    expect(mean(ages)).toBeGreaterThan(37.5);
    expect(mean(ages)).toBeLessThan(41.5);
  });

  test('tells the same program with another input apart, and induction by all inputs', () => {
    const buffer = new TaskBuffer({ ...options, textsPerFingerprint: 9 }, new Random(1));
    expect(buffer.add(task(1)).added).toBe(true);
    expect(buffer.add(task(1, { input: '2' })).added).toBe(true);
    expect(buffer.add(task(1))).toEqual({ added: false, why: 'known' });
    const examples = (...inputs: string[]) => inputs.map((input) => ({ input, output: input }));
    expect(buffer.add(task(1, { examples: examples('1', '2') })).added).toBe(true);
    expect(buffer.add(task(1, { examples: examples('1', '3') })).added).toBe(true);
    expect(buffer.add(task(1, { examples: examples('1', '2') })).added).toBe(false);
  });
});

describe('drawing tasks', () => {
  const tasks = Array.from({ length: 30 }, (_, i) => task(i, { solveRate: i === 7 ? 0.5 : 1 }));

  test('gives distinct tasks, as many as asked for where there are', () => {
    fc.assert(
      fc.property(
        fc.nat(40),
        fc.constantFrom('uniform' as const, 'recent' as const, 'edge' as const, 'edge-by-shape' as const),
        fc.nat(),
        (count, weighting, seed) => {
          const drawn = drawTasks(tasks, count, weighting, new Random(seed));
          expect(drawn.length).toBe(Math.min(count, 30));
          expect(new Set(drawn).size).toBe(drawn.length);
        },
      ),
    );
  });

  test('weights by age and by learnability as asked', () => {
    const firsts = (weighting: 'recent' | 'edge') =>
      Array.from({ length: 400 }, (_, seed) => drawTasks(tasks, 1, weighting, new Random(seed))[0] as Task);
    expect(mean(firsts('recent').map(({ step }) => step))).toBeGreaterThan(17);
    expect(firsts('edge').filter(({ step }) => step === 7).length).toBeGreaterThan(80);
  });

  test('references leave room for a proposal, and induction takes programs with an argument', () => {
    const buffers = Object.fromEntries(
      ALL_KINDS.map((kind) => [kind, new TaskBuffer(DEFAULTS, new Random(1))]),
    ) as Record<TaskKind, TaskBuffer>;
    buffers.deduction.add(task(0, { program: 'def f():\n    return 1', input: '' }));
    const room = { weighting: 'uniform' as const, maxPromptTokens: 30 };
    expect(drawReferences('induction', 1, buffers, room, new Random(1))).toEqual([]);
    for (let i = 1; i < 9; i++) buffers.deduction.add(task(i));
    expect(drawReferences('induction', 5, buffers, room, new Random(1)).length).toBe(1);
    const many = drawReferences('deduction', 6, buffers, room, new Random(1));
    expect(many.length).toBeGreaterThan(0);
    expect(many.length).toBeLessThan(6);
    expect(drawReferences('abduction', 2, buffers, room, new Random(1))).toEqual([]);
  });

  test('the solver’s mix is new tasks first, then the buffer', () => {
    const buffer = new TaskBuffer({ ...DEFAULTS, bufferCapacity: 100 }, new Random(1));
    for (const old of tasks) buffer.add(old);
    const fresh = [task(100), task(101), task(102)];
    const mix = (tasksOfStep: readonly Task[], count: number) =>
      drawSolverTasks(tasksOfStep, buffer.tasks, count, DEFAULTS, new Random(1)).map(
        ({ step }) => step >= 100,
      );
    expect(mix(fresh, 4).filter(Boolean).length).toBe(3);
    expect(mix(fresh, 2)).toEqual([true, true]);
    expect(mix([], 4)).toEqual([false, false, false, false]);
  });
});
