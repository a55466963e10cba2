/** What the lab says of every hostile program, and what it says of honest ones after them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verdictOf } from '../../test/sandbox/hostile/attack.ts';
import { canaries } from '../../test/sandbox/hostile/canaries.ts';
import { ATTACKS, sample } from '../../test/sandbox/hostile/hostile.ts';
import { scaled } from '../../test/scale.ts';
import { createNodeSandbox } from './node.ts';
import type { Sandbox } from './sandbox.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  // The clock is left to the browser's tests: here nothing may depend on how busy the machine is.
  sandbox = await createNodeSandbox({ timeoutMs: 60_000 });
});
afterAll(() => sandbox?.close());

test('every attack is another one', () => {
  const attacks = Object.values(ATTACKS).flat();
  expect(attacks.length).toBeGreaterThan(500);
  expect(new Set(attacks.map(({ name }) => name)).size).toBe(attacks.length);
  expect(new Set(attacks.map(({ program, input }) => JSON.stringify([program, input]))).size).toBe(
    attacks.length,
  );
});

describe('with every layer', () => {
  test.each(Object.entries(ATTACKS))('%s', async (_, group) => {
    const attacks = sample(group, scaled(1, 20)).filter(({ strict }) => strict !== 'timeout');
    const honest = canaries(0, 'strict');
    const results = await sandbox.run([
      ...attacks.map(({ program, input = '' }) => ({ program, inputs: [input], runs: 2 as const })),
      ...honest.map(({ request }) => request),
    ]);
    const verdicts = results.map(({ outcomes }) => verdictOf(outcomes[0]));
    expect(attacks.map(({ name }, i) => [name, verdicts[i]])).toEqual(
      attacks.map(({ name, strict }) => [name, strict]),
    );
    expect(verdicts.slice(attacks.length)).toEqual(honest.map(({ verdict }) => verdict));
  });
});

test('garbage of many runs does not fill the memory of the next program', async () => {
  // Nearly half a gigabyte in circles, were it not collected between the runs.
  const program = 'def f(n):\n for i in range(4):\n  x = [0] * 900000\n  x[0] = x\n return n';
  const inputs = Array.from({ length: 16 }, (_, i) => String(i));
  const [many, one] = await sandbox.run([
    { program, inputs, runs: 2 },
    { program: 'def f():\n return len([0] * 900000)', inputs: [''], runs: 1 },
  ]);
  expect(many?.outcomes.map(verdictOf)).toEqual(inputs.map((n) => `ok ${n}`));
  expect(verdictOf(one?.outcomes[0])).toBe('ok 900000');
});

test('with the standard library, what a finalizer changes in the verifier is gone with its batch', async () => {
  const library = await createNodeSandbox({ mode: 'stdlib', timeoutMs: 60_000 });
  const honest = canaries(0, 'bare');
  try {
    // C code without a frame of its own runs in the one below it: the verifier's.
    const changes = [
      "_builtins['len'] = lambda x: 42",
      '_mode.room.program = 5',
      '_programs.clear()',
      'import watch; [cell.cell_contents.clear() for cell in watch.check_fingerprint.__closure__ if type(cell.cell_contents) is list]; _builtins["len"] = lambda x: 42',
    ];
    for (const change of changes.slice(0, scaled(changes.length, 1))) {
      const program = `import functools
def f():
 class A: __del__ = staticmethod(functools.partial(exec, ${JSON.stringify(change)}))
 a = A()
 return 1`;
      await library.run([{ program, inputs: [''], runs: 2 }]);
      const results = await library.run(honest.map(({ request }) => request));
      expect([change, ...results.map(({ outcomes }) => verdictOf(outcomes[0]))]).toEqual([
        change,
        ...honest.map(({ verdict }) => verdict),
      ]);
    }
  } finally {
    library.close();
  }
});
