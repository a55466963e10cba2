import { describe, expect, test } from 'vitest';
import { taskOf } from '../../../test/builders.ts';
import type { Task } from '../../tasks/task.ts';
import { countChoices, NO_FILTERS, selectTasks, toggled } from './filters.ts';

const task = (id: string, over: Partial<Task>): Task =>
  taskOf(id, { program: 'def f(x):\n    return x', ...over });

const TASKS = [
  task('a', { step: 1, solveRate: 0, program: 'def f(x):\n    return abs(x)' }),
  task('b', { step: 2, solveRate: 1, kind: 'abduction' }),
  task('c', { step: 2, solveRate: 0.5, output: '77' }),
  task('d', { step: 3 }),
];
const ids = (tasks: readonly Task[]) => tasks.map(({ id }) => id).join('');

describe('selectTasks', () => {
  test('without filters shows everything, newest first, latest of a step first', () => {
    expect(ids(selectTasks(TASKS, NO_FILTERS))).toBe('dcba');
  });
  test('by kind, state and text, together', () => {
    expect(ids(selectTasks(TASKS, { ...NO_FILTERS, kinds: new Set(['abduction']) }))).toBe('b');
    expect(ids(selectTasks(TASKS, { ...NO_FILTERS, states: new Set(['never', 'new']) }))).toBe('da');
    expect(ids(selectTasks(TASKS, { ...NO_FILTERS, text: ' ABS( ' }))).toBe('a');
    expect(ids(selectTasks(TASKS, { ...NO_FILTERS, text: '77', kinds: new Set(['deduction']) }))).toBe('c');
  });
  test('by solve rate, with untried tasks last either way', () => {
    expect(ids(selectTasks(TASKS, { ...NO_FILTERS, sort: 'hardest' }))).toBe('acbd');
    expect(ids(selectTasks(TASKS, { ...NO_FILTERS, sort: 'easiest' }))).toBe('bcad');
  });
  test('ten thousand tasks cost no more looks at each than sorting needs', () => {
    let looks = 0;
    const many = Array.from({ length: 10_000 }, (_, at) => {
      const program = `def f(x):\n    return x + ${at}`;
      return {
        ...task(`t${at}`, { step: at % 97, solveRate: (at % 9) / 8 }),
        get program() {
          looks++;
          return program;
        },
      };
    });
    const found = selectTasks(many, { ...NO_FILTERS, sort: 'longest', text: 'return' });
    // Counted, not timed: a busy machine is no slower algorithm.
    expect(looks).toBeLessThan(10_000 * 2 * Math.log2(10_000));
    expect(found).toHaveLength(10_000);
    const lengths = found.map(({ program }) => program.length);
    expect(lengths).toEqual([...lengths].sort((p, q) => q - p));
  });
});

test('toggled puts in and takes out without touching the old set', () => {
  const old = new Set(['a']);
  expect([...toggled(old, 'b')]).toEqual(['a', 'b']);
  expect([...toggled(old, 'a')]).toEqual([]);
  expect([...old]).toEqual(['a']);
});

test('a choice counts the tasks that it would show, whatever else is chosen', () => {
  const kinds = [undefined, 'deduction', 'abduction'] as const;
  const states = [undefined, 'new', 'never', 'sometimes', 'always'] as const;
  for (const text of ['', '77', 'return']) {
    for (const kind of kinds) {
      for (const state of states) {
        const filters = {
          ...NO_FILTERS,
          text,
          kinds: new Set(kind ? [kind] : []),
          states: new Set(state ? [state] : []),
        };
        const { byKind, byState } = countChoices(TASKS, filters);
        for (const one of kinds) {
          if (!one) continue;
          expect(byKind[one]).toBe(selectTasks(TASKS, { ...filters, kinds: new Set([one]) }).length);
        }
        for (const one of states) {
          if (!one) continue;
          expect(byState[one]).toBe(selectTasks(TASKS, { ...filters, states: new Set([one]) }).length);
        }
      }
    }
  }
});
