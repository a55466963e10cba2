/** Texts of composites, and what CPython makes of them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { levelOf } from '../language/level.ts';
import { Random } from '../random.ts';
import { createNodeSandbox } from '../sandbox/node.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { addAlternative, composePrograms } from './joining.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createNodeSandbox();
}, 120_000);
afterAll(() => sandbox?.close());

const f = (...body: string[]) => `def f(x):\n${body.map((line) => `    ${line}`).join('\n')}`;

describe('one program after the other', () => {
  test('is the lines of the inner program, its result as argument, the lines of the outer one', () => {
    const inner = f('y = x * 2', 'if y > 3:', '    y = y - 1', 'return y + 1');
    const outer = f('z = abs(x)', 'return z // 3');
    expect(composePrograms(outer, inner)).toBe(
      f('y = x * 2', 'if y > 3:', '    y = y - 1', 'x = y + 1', 'z = abs(x)', 'return z // 3'),
    );
  });

  test('binds no name to itself and keeps arguments of other names apart', () => {
    expect(composePrograms(f('return x * 2'), f('x = x + 1', 'return x'))).toBe(
      f('x = x + 1', 'return x * 2'),
    );
    expect(composePrograms('def f(s):\n    return s * 2', f('return x + 1'))).toBe(
      f('s = x + 1', 'return s * 2'),
    );
  });

  test('is none where a program is more than lines with one return at their end', () => {
    const plain = f('return x + 1');
    const others = [
      f('if x > 0:', '    return 1', 'return x'),
      f('if x > 0:', '    return x'),
      'def f():\n    return 5',
      'def f(x, y):\n    return x + y',
      'def f(x): return x',
      'def f(x):\n  return x + 1',
      'y = 1\ndef f(x):\n    return x + y',
      f('return'),
      '',
    ];
    for (const other of others) {
      expect(composePrograms(plain, other), other).toBeNull();
      expect(composePrograms(other, plain), other).toBeNull();
    }
  });

  test('does what one program does after the other, as CPython sees it', async () => {
    const random = new Random(5);
    const pairs = Array.from({ length: 60 }, () => {
      const [outer, inner] = [1, 2].map(() => levelOf(1).generate(random, random.integer(1, 4)));
      const inputs = Array.from({ length: 6 }, (_, i) => String(2 * i - 4));
      return { outer: outer!, inner: inner!, inputs };
    });
    const results = await sandbox.run(
      pairs.map(({ outer, inner, inputs }) => ({
        program: composePrograms(outer.source, inner.source) as string,
        inputs,
        runs: 1,
      })),
    );
    let compared = 0;
    for (const [i, { outer, inner, inputs }] of pairs.entries()) {
      for (const [k, input] of inputs.entries()) {
        const between = inner.run(input);
        const first = between?.replace(/^\((-?\d+).*$/, '$1');
        const output = first && outer.run(first);
        if (!output) continue;
        compared++;
        expect(results[i]?.outcomes[k]).toEqual({ ok: true, output });
      }
    }
    expect(compared).toBeGreaterThan(150);
  });
});

describe('one program as the alternative of the other', () => {
  const square = f('y = x', 'if x > 3:', '    y = x * x', 'return y - 2');

  test('is an else with its lines, and its first result for what the if assigned', () => {
    expect(addAlternative(square, f('z = x + 1', 'return (z, 2)[0], z'))).toEqual([
      f('y = x', 'if x > 3:', '    y = x * x', 'else:', '    z = x + 1', '    y = (z, 2)[0]', 'return y - 2'),
    ]);
    expect(addAlternative(square, f('y = abs(x)', 'return y'))).toEqual([
      f('y = x', 'if x > 3:', '    y = x * x', 'else:', '    y = abs(x)', 'return y - 2'),
    ]);
  });

  test('there is one for every if that assigns and has no else, inside and outside of others', () => {
    const outer = f(
      'for i in range(2):',
      '    if x > 9:',
      '        x = x - i',
      'if x < 2:',
      '    if x == 1:',
      '        x = 5',
      '    y = 3',
      'if x == 0:',
      '    x = 1',
      'else:',
      '    x = 2',
      'return x',
    );
    const lines = outer.split('\n');
    const grown = (line: number, ...added: string[]) => lines.toSpliced(line, 0, ...added).join('\n');
    expect(addAlternative(outer, f('return x * 7'))).toEqual([
      grown(4, '        else:', '            x = x * 7'),
      grown(8, '    else:', '        y = x * 7'),
      grown(7, '        else:', '            x = x * 7'),
    ]);
  });

  test('there is none for other functions, and none that would be empty', () => {
    expect(addAlternative(square, f('return y'))).toEqual([]);
    expect(addAlternative(square, 'def f(s):\n    return s')).toEqual([]);
    expect(addAlternative(f('if x > 0:', '    return 1', 'return x'), f('return x'))).toEqual([]);
    expect(addAlternative(f('return x + 1'), f('return x'))).toEqual([]);
  });

  test('acts as before where the condition holds, and else does the other, as CPython sees it', async () => {
    const random = new Random(3);
    const drawn = Array.from({ length: 40 }, () => ({
      bound: random.integer(-3, 3),
      inner: levelOf(1).generate(random, random.integer(1, 2)),
    }));
    const inputs = Array.from({ length: 9 }, (_, i) => String(i - 4));
    const results = await sandbox.run(
      drawn.map(({ bound, inner }) => ({
        program: addAlternative(
          f(`if x > ${bound}:`, '    w = x * 3', 'return w'),
          inner.source,
        )[0] as string,
        inputs,
        runs: 1,
      })),
    );
    let compared = 0;
    for (const [i, { bound, inner }] of drawn.entries()) {
      for (const [k, input] of inputs.entries()) {
        const other = inner.run(input)?.replace(/^\((-?\d+).*$/, '$1');
        const output = Number(input) > bound ? String(Number(input) * 3) : other;
        if (!output) continue;
        compared++;
        expect(results[i]?.outcomes[k]).toEqual({ ok: true, output });
      }
    }
    expect(compared).toBeGreaterThan(250);
  });
});
