import { expect, test } from 'vitest';
import { DEFAULTS } from '../../config/hyperparameters.ts';
import type { RunEntry } from '../../run/library.ts';
import { groupsOf } from './groups.ts';

const entry = (id: string, seed: number, steps = DEFAULTS.steps): RunEntry => ({
  id,
  name: `run ${id}`,
  note: '',
  preset: 'demo',
  config: { ...DEFAULTS, seed, steps },
  device: 'auto',
  seedProgram: null,
  ownBase: null,
  step: 1,
  parts: 1,
  created: 0,
  changed: 0,
  score: null,
  bytes: 0,
  toldBytes: 0,
  deleted: null,
});

test('runs that differ in nothing but the seed are one; others keep their names', () => {
  const groups = groupsOf([entry('a', 2), entry('b', 1, 7), entry('c', 1)]);
  expect(groups.map(({ name, runs }) => [name, runs.map(({ id }) => id).join('')])).toEqual([
    ['Demo, seeds 1, 2', 'ac'],
    ['run b', 'b'],
  ]);
  const own = { ...entry('d', 3), seedProgram: 'def f(x):\n    return x' };
  expect(groupsOf([entry('a', 2), own])).toHaveLength(2);
});
