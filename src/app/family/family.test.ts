import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { taskOf } from '../../../test/builders.ts';
import { scaled } from '../../../test/scale.ts';
import { TaskBook } from '../../run/taskBook.ts';
import type { Task } from '../../tasks/task.ts';
import { inFamilyOrder, lineOf, placeFamily, siblingsOf } from './layout.ts';
import { ancestorOf } from './lineage.ts';
import { lineDiff } from './lineDiff.ts';

/** A run: steps that do not go back, references to whatever came before, and some that nobody knows. */
const anyRun: fc.Arbitrary<Task[]> = fc
  .array(
    fc.record({
      leap: fc.integer({ min: 0, max: 2 }),
      references: fc.array(fc.nat(60), { maxLength: 4 }),
      body: fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 }),
    }),
    { maxLength: 60 },
  )
  .map((made) => {
    let step = 0;
    return made.map(({ leap, references, body }, at) => {
      // Seeding takes several generations.
      if (at > 5) step += leap;
      // One that comes later, as a damaged file may say, is among them.
      const parents = references.map((reference) => `t${reference}`);
      return taskOf(`t${at}`, { step, parents, program: body.join('\n') });
    });
  });

const law = (holds: (tasks: Task[]) => void) =>
  fc.assert(fc.property(anyRun, holds), { numRuns: scaled(50, 1000) });

describe('the family tree', () => {
  test('every task is placed once, and has its row to itself', () => {
    law((tasks) => {
      const { nodes, byId, columns, top, bottom } = placeFamily(tasks);
      expect(nodes.map(({ id }) => id).sort()).toEqual(tasks.map(({ id }) => id).sort());
      expect(byId.size).toBe(tasks.length);
      columns.forEach((column, at) => {
        column.forEach((node, row) => {
          expect(node.column).toBe(at);
          expect(node.step).toBe(column[0]?.step);
          if (row > 0) expect(node.y - column[row - 1]!.y).toBeGreaterThanOrEqual(1 - 1e-9);
          expect(node.y).toBeGreaterThanOrEqual(top);
          expect(node.y).toBeLessThanOrEqual(bottom);
        });
      });
    });
  });

  test('edges lead to earlier steps, or to an earlier generation of the same', () => {
    law((tasks) => {
      const came = new Map(tasks.map(({ id }, at) => [id, at]));
      for (const node of placeFamily(tasks).nodes) {
        const { parents } = tasks[came.get(node.id)!]!;
        const known = new Set(parents.filter((parent) => (came.get(parent) ?? 1e9) < came.get(node.id)!));
        expect(new Set(node.references.map(({ id }) => id))).toEqual(known);
        for (const reference of node.references) {
          expect(reference.column).toBeLessThan(node.column);
          expect(reference.step).toBeLessThanOrEqual(node.step);
        }
        expect(node.parent).toBe(node.references[0] ?? null);
      }
    });
  });

  test('the same tasks give the same tree, and later ones move none of it', () => {
    law((tasks) => {
      const places = (some: readonly Task[]) => {
        const { nodes } = placeFamily(some);
        return new Map(nodes.map(({ id, column, y, parent }) => [id, [column, y, parent?.id]]));
      };
      const whole = places(tasks);
      expect(places(structuredClone(tasks))).toEqual(whole);
      const cut = tasks.findIndex(({ step }) => step > 0);
      const earlier = places(tasks.slice(0, Math.max(0, cut)));
      for (const [id, place] of earlier) expect(whole.get(id)).toEqual(place);
    });
  });

  test('every line begins at a first one, and the list has everybody below their parent', () => {
    law((tasks) => {
      const family = placeFamily(tasks);
      const order = inFamilyOrder(family);
      expect(new Set(order)).toEqual(new Set(family.nodes));
      const at = new Map(order.map((node, position) => [node, position]));
      for (const node of order) {
        const line = lineOf(node);
        expect(line).toHaveLength(node.generation + 1);
        expect(family.roots).toContain(line[0]);
        expect(siblingsOf(family, node)).toContain(node);
        if (node.parent) expect(at.get(node.parent)!).toBeLessThan(at.get(node)!);
      }
    });
  });

  test('a task descends from the reference it is most like, the first of equals', () => {
    const known = new Map(
      ['a\nb\nc', 'a\nb\nd', 'x'].map((program, at) => [`t${at}`, taskOf(`t${at}`, { program })]),
    );
    const ancestor = (program: string, parents: string[]) =>
      ancestorOf(taskOf('new', { program, parents }), known);
    expect(ancestor('a\nb\nd\ne', ['t0', 't1', 't2'])).toBe('t1');
    expect(ancestor('a\nb', ['t1', 't0'])).toBe('t1');
    expect(ancestor('q', ['gone', 't2'])).toBe('t2');
    expect(ancestor('q', ['gone'])).toBeNull();
  });

  test('a task that left the buffer keeps its place', () => {
    const book = new TaskBook();
    book.apply({ added: [taskOf('a'), taskOf('b', { step: 1, parents: ['a'] })], updated: [], evicted: [] });
    book.apply({ added: [], updated: [{ id: 'a', solveRate: 0.5 }], evicted: ['a'] });
    expect(book.get('a')).toBeUndefined();
    expect(book.ever('a')?.solveRate).toBe(0.5);
    expect(placeFamily(book.everyTask()).byId.get('b')?.parent?.id).toBe('a');
  });
});

describe('the difference of two programs', () => {
  const program = fc
    .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 8 })
    .map((lines) => lines.join('\n'));

  test('has both programs in it, and calls as many lines the same as can be', () => {
    fc.assert(
      fc.property(program, program, (before, after) => {
        const lines = lineDiff(before, after);
        const without = (gone: string) => lines.filter(({ is }) => is !== gone).map(({ text }) => text);
        expect(without('added').join('\n')).toBe(before);
        expect(without('removed').join('\n')).toBe(after);
        const turned = lineDiff(after, before).filter(({ is }) => is === 'same');
        expect(lines.filter(({ is }) => is === 'same')).toHaveLength(turned.length);
        if (before === after) expect(lines.every(({ is }) => is === 'same')).toBe(true);
      }),
    );
  });

  test('a changed line is the old one, then the new one', () => {
    expect(lineDiff('def f(x):\n    return x', 'def f(x):\n    y = x\n    return y')).toEqual([
      { text: 'def f(x):', is: 'same' },
      { text: '    return x', is: 'removed' },
      { text: '    y = x', is: 'added' },
      { text: '    return y', is: 'added' },
    ]);
  });
});
