import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scaled } from '../../test/scale.ts';
import { Random } from '../random.ts';
import { runBackwards } from './backwards.ts';
import { generateInput, generateProgram, TIERS } from './grammar.ts';
import { run } from './interpreter.ts';
import { LARGEST_INTEGER } from './limits.ts';
import type { Expression, Statement } from './syntax.ts';
import { render } from './tokenizer.ts';

const integersIn = (text: string) => (text.match(/-?\d+/g) ?? []).map(Number);

test('an input that a program run backwards reaches gives the results', () => {
  let reached = 0;
  fc.assert(
    fc.property(fc.integer(), fc.constantFrom(...TIERS), (seed, tier) => {
      const random = new Random(seed);
      const program = generateProgram(random, tier);
      const x = generateInput(random, program);
      if (x === null) return;
      const output = run(program, x) as string;
      const { thought, input } = runBackwards(program, integersIn(output));
      // Whatever it writes is in the language's range.
      expect(
        Math.max(0, ...integersIn(render(thought).replace(/<\d+>/g, ';').replace(/ - /g, ' '))),
      ).toBeLessThanOrEqual(LARGEST_INTEGER);
      if (input === null) return;
      reached++;
      expect(run(program, input)).toBe(output);
    }),
    { numRuns: scaled(3000, 400) },
  );
  expect(reached).toBeGreaterThan(20);
});

const x: Expression = { kind: 'name', name: 'x' };
const y: Expression = { kind: 'name', name: 'y' };
const constant = (value: number): Expression => ({ kind: 'constant', value });
const binary = (left: Expression, operator: '+' | '-' | '*' | '//', right: Expression): Expression => ({
  kind: 'binary',
  operator,
  left,
  right,
});

test('each line is undone from the last, until the argument', () => {
  const body: Statement[] = [
    { kind: 'assign', line: 1, name: 'y', value: binary(constant(3), '*', x) },
    { kind: 'assign', line: 2, name: 'y', value: binary(y, '-', constant(4)) },
    { kind: 'return', line: 3, values: [y, binary(x, '//', constant(2))] },
  ];
  const { thought, input } = runBackwards({ body }, [11, 2]);
  expect(render(thought)).toBe('<3>y = 11;<2>11 + 4 = 15;y = 15;<1>15 // 3 = 5;x = 5;');
  expect(input).toBe(5);
});

test('it ends where nothing is known any more', () => {
  const body: Statement[] = [
    { kind: 'assign', line: 1, name: 'y', value: binary(x, '+', constant(1)) },
    {
      kind: 'for',
      line: 2,
      count: 2,
      body: [{ kind: 'assign', line: 3, name: 'y', value: binary(y, '*', x) }],
    },
    { kind: 'return', line: 4, values: [binary(y, '+', constant(2))] },
  ];
  const { thought, input } = runBackwards({ body }, [9]);
  expect(render(thought)).toBe('<4>9 - 2 = 7;y = 7;<2>');
  expect(input).toBeNull();
});

test('a result that no input can give is not followed', () => {
  const body: Statement[] = [{ kind: 'return', line: 1, values: [binary(x, '*', constant(4))] }];
  expect(runBackwards({ body }, [6]).input).toBeNull();
});
