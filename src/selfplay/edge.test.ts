import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { taskOf } from '../../test/builders.ts';
import { Random } from '../random.ts';
import { byShape, expectedRates, sampleByShape } from './edge.ts';
import { drawTasks } from './references.ts';

const LONGEST = 14;
const STEP = 100;

/** A program of so many lines between `def` and `return`, at the end of which there is what `compound` says. */
function program(lines: number, compound: readonly string[] = []): string {
  const plain = Array(lines - compound.length).fill('x = x + 1');
  return ['def f(x):', ...[...plain, ...compound, 'return x'].map((line) => `    ${line}`)].join('\n');
}

const ELSE = ['if x > 2:', '    x = 1', 'else:', '    x = 2'];
const LOOP = ['for i in range(2):', '    x = x + i'];

function many(text: string, solveRate: number | null, step = STEP - 1) {
  return Array.from({ length: 50 }, (_, i) => taskOf(`d${i}`, { program: text, solveRate, step }));
}

describe('what is expected of a program', () => {
  test('is a rate that leaves both open, whatever was measured', () => {
    const tasks = fc.array(
      fc
        .tuple(
          fc.integer({ min: 4, max: 20 }),
          fc.constantFrom([], LOOP, ELSE),
          fc.constantFrom(null, 0, 0.5, 1),
          fc.nat(STEP),
        )
        .map(([lines, compound, solveRate, step]) =>
          taskOf('d1', { program: program(lines, compound), solveRate, step }),
        ),
    );
    fc.assert(
      fc.property(tasks, fc.integer({ min: 4, max: 20 }), (some, lines) => {
        const rate = expectedRates(some, STEP, LONGEST)(program(lines, ELSE));
        expect(rate).toBeGreaterThan(0);
        expect(rate).toBeLessThan(1);
      }),
    );
  });

  test('is what was measured at its length and shape', () => {
    const measured = [
      ...many(program(6), 1),
      ...many(program(6, ELSE), 0.25),
      ...many(program(6, LOOP), 0.75),
    ];
    const expected = expectedRates(measured, STEP, LONGEST);
    expect(expected(program(6))).toBeGreaterThan(0.9);
    expect(expected(program(6, LOOP))).toBeCloseTo(0.75, 1);
    expect(expected(program(6, ELSE))).toBeCloseTo(0.25, 1);
    // A shape is known a little at lengths nearby; of one that was never tried the length says what there is to say.
    expect(expected(program(7, ELSE))).toBeLessThan(expected(program(7)));
    expect(expected(program(6, [...LOOP, ...ELSE]))).toBeCloseTo(2 / 3, 1);
  });

  test('is a little less of each length that nobody tried', () => {
    const expected = expectedRates(many(program(3), 1), STEP, LONGEST);
    const rates = [6, 7, 8, 9, 10].map((lines) => expected(program(lines)));
    expect(rates).toEqual([...rates].sort((a, b) => b - a));
    expect(new Set(rates).size).toBe(rates.length);
  });

  test('owes nothing to what was measured long ago, or never', () => {
    const today = many(program(5), 1);
    const stale = [...many(program(5), 0, STEP - 60), ...many(program(6), null)];
    const rates = [today, [...today, ...stale]].map((tasks) =>
      expectedRates(tasks, STEP, LONGEST)(program(6)),
    );
    expect(rates[0]).toBe(rates[1]);
  });
});

describe('a rare shape', () => {
  const tasks = [...many(program(4), 0.5), taskOf('rare', { program: program(4, ELSE), solveRate: 0.5 })];

  test('is one of two groups, and is found by a few draws', () => {
    expect([...byShape(tasks)].map(([shape, group]) => [shape, group.length])).toEqual([
      ['', 50],
      ['if else', 1],
    ]);
    for (let seed = 0; seed < 20; seed++) {
      const drawn = sampleByShape(tasks, 16, new Random(seed));
      expect(new Set(drawn).size).toBe(drawn.length);
      expect(drawn.map(({ id }) => id)).toContain('rare');
    }
    expect(sampleByShape([], 16, new Random(1))).toEqual([]);
  });

  test('is practised as often as a common one where shapes count', () => {
    const share = (weighting: 'edge' | 'edge-by-shape') =>
      Array.from({ length: 400 }, (_, seed) => drawTasks(tasks, 1, weighting, new Random(seed))[0]).filter(
        (task) => task?.id === 'rare',
      ).length / 400;
    expect(share('edge')).toBeLessThan(0.1);
    expect(share('edge-by-shape')).toBeGreaterThan(0.4);
    expect(share('edge-by-shape')).toBeLessThan(0.6);
  });
});
