/** What a run begins from, before its first step: the scripted reasoner, and CPython in the Node sandbox. */
import { expect, test } from 'vitest';
import { createNodeSandbox } from '../sandbox/node.ts';
import { isOfTestSet, openLabs } from './scriptedLab.ts';

const { lab } = openLabs(createNodeSandbox);

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
  const [join, broken, double] = ['def f(s, n):\n    return s * n', 'def f(:', 'def f(x):\n    return x * 2'];
  const { selfPlay, of } = lab({ seedingRounds: 1 });
  const { planted } = await selfPlay.prepare([join, broken, double].join('\n\n'));
  expect(planted).toMatchObject({ own: 2, refused: { program: broken, rejection: 'syntax' } });
  const seeds = of('tasks')[0]?.added.map(({ program, kind }) => `${kind} ${program}`);
  expect(seeds).toEqual(
    [join, join, double, double].map((text, i) => `${i % 2 ? 'abduction' : 'deduction'} ${text}`),
  );
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
