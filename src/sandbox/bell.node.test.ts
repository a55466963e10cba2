/** Verdicts on what only the clock ends, with each kind of bell and with none: real Python in worker threads. */
import { afterEach, expect, test } from 'vitest';
import { f } from './hostilePrograms.ts';
import { createNodeSandbox } from './node.ts';
import type { RunRequest, Sandbox } from './sandbox.ts';

let sandbox: Sandbox;
afterEach(() => sandbox?.close());

/** Nested lists of 2^40 leaves. */
const NESTED = 'a = []\nb = []\nfor i in range(40):\n a = [a, a]\n b = [b, b]\n';

/** Python hears signals while it writes a list, and hears none while it compares two. */
const HEARD = [
  f(`${NESTED}return "%s" % a`, '*x'),
  f(`${NESTED}try:\n return f"{a}"\nexcept Exception:\n return 1`, '*x'),
];
const UNHEARD = [f(`${NESTED}return a == b`, '*x')];

test.each(['none', 'clock', 'shared'] as const)(
  'verdicts with the bell “%s”',
  async (bell) => {
    sandbox = await createNodeSandbox({ bell, spares: 1, timeoutMs: 400 });
    const fine = (n: number): RunRequest => ({ program: f(`return ${n}`, '*x'), inputs: ['', '1'], runs: 2 });
    const killers = [...HEARD, ...UNHEARD].map(
      (program): RunRequest => ({ program, inputs: ['', '1', '2'], runs: 2 }),
    );
    const results = await sandbox.run([...[1, 2, 3].map(fine), ...killers, ...[4, 5, 6].map(fine)]);
    const late = { ok: false, refusal: 'timeout', detail: 'it ran for more than 400 ms' };
    expect(results.map(({ outcomes }) => outcomes)).toEqual([
      ...[1, 2, 3].map((n) => [1, 2].map(() => ({ ok: true, output: String(n) }))),
      ...killers.map(() => [1, 2, 3].map(() => late)),
      ...[4, 5, 6].map((n) => [1, 2].map(() => ({ ok: true, output: String(n) }))),
    ]);
    // One that hears nothing costs a worker with its chunk and another alone; those that hear cost none.
    expect(sandbox.stats().respawned).toBe(bell === 'none' ? 2 + killers.length : 2);
  },
  60_000,
);
