/** What a run begins from, before its first step: the scripted reasoner, and CPython in the Node sandbox. */
import { expect, test } from 'vitest';
import { isOfTestSet, openRuns } from '../../test/selfplay/scriptedRun.ts';
import { createNodeSandbox } from '../sandbox/node.ts';

const { run } = openRuns(createNodeSandbox);

test('one program grows into full buffers without an update', async () => {
  const made = run({ steps: 0 });
  const { reasoner } = made;
  expect(await made.step()).toBeNull();
  expect(made.of('planted')[0]?.planted).toEqual({ own: 0, refused: null });
  expect(reasoner.frozen).toBe(1);
  expect(reasoner.updates).toEqual([]);
  const [first] = made.of('tasks');
  expect(first?.added.map(({ program, output }) => [program, output])).toEqual([
    ['def f():\n    return "hello world"', "'hello world'"],
    ['def f():\n    return "hello world"', "'hello world'"],
  ]);
  expect(made.of('seeded')[0]?.report.tasks).toEqual({ deduction: 12, abduction: 12, induction: 12 });
  expect(made.buffered.some(({ program }) => isOfTestSet(reasoner, program))).toBe(false);
  const [base] = made.of('base');
  expect(Object.keys(base?.scores ?? {})).toEqual(['deduction', 'abduction', 'induction']);
  expect(Object.keys(base?.forced ?? {})).toEqual(['deduction', 'abduction', 'induction']);
});

test('a pasted program takes the seed’s place, a broken one is refused with a reason', async () => {
  const pasted = 'def f(s, n):\n    return s * n';
  const planted = async (text: string) => {
    const made = run({ seedingRounds: 1, steps: 0 }, text);
    await made.step();
    return { planted: made.of('planted')[0]?.planted, first: made.of('tasks')[0]?.added[0] };
  };
  const good = await planted(pasted);
  expect(good.planted).toEqual({ own: 1, refused: null });
  expect(good.first).toMatchObject({ program: pasted, step: 0, parents: [] });
  const bad = await planted('def f(:');
  expect(bad.planted?.refused).toEqual({
    name: null,
    detail: expect.stringMatching(/^Line 1: Python cannot read this: /),
  });
  expect((await planted('def double(n): return n * 2')).first?.program).toBe('def f(n):\n    return n * 2');
  expect(bad.first?.program).toContain('hello world');
});

test('several functions are seeds all of them, and the one that is refused is named', async () => {
  const text = 'def join(s, n): return s * n\ndef bad(x): return x[9]\ndef double(x): return x * 2';
  const made = run({ seedingRounds: 1, steps: 0 }, text);
  await made.step();
  const planted = made.of('planted')[0]?.planted;
  expect([planted?.own, planted?.refused?.name]).toEqual([2, 'bad']);
  const seeds = made.of('tasks')[0]?.added.map(({ program, kind }) => `${kind} ${program}`);
  const [join, double] = ['def f(s, n):\n    return s * n', 'def f(x):\n    return x * 2'];
  expect(seeds).toEqual(
    [join, join, double, double].map((program, i) => `${i % 2 ? 'abduction' : 'deduction'} ${program}`),
  );
});

test('a run can begin from nothing at all', async () => {
  const made = run({ seedProgram: 'none' });
  const [metrics] = await made.play(1);
  expect(made.of('planted')[0]?.planted).toEqual({ own: 0, refused: null });
  const [first] = made.of('tasks').filter(({ added }) => added.length > 0);
  expect(first?.added.every(({ parents }) => parents.length === 0)).toBe(true);
  expect(made.buffered.some(({ program }) => program.includes('hello world'))).toBe(false);
  expect(metrics?.newTasks).toBeGreaterThan(0);
});
