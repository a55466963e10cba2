/** Verdicts on what only the clock ends, with each kind of bell and with none: real Python in worker threads. */
import { afterEach, expect, test } from 'vitest';
import { f } from '../../test/sandbox/hostile/attack.ts';
import { createNodeSandbox } from './node.ts';
import type { RunRequest, Sandbox } from './sandbox.ts';

let sandbox: Sandbox;
afterEach(() => sandbox?.close());

/** Python hears signals while it searches a text, and hears none while it compares two tuples of 2^40 leaves. */
const SEARCH = 're.match("(a+)+$", "a" * 40 + "b")';
const HEARD = [
  `import re\n${f(`return ${SEARCH}`, '*x')}`,
  `import re\n${f(`try:\n return ${SEARCH}\nexcept Exception:\n return 1`, '*x')}`,
];
const UNHEARD = [
  f('a = (1,)\nb = (1,)\nfor i in range(40):\n a = (a, a)\n b = (b, b)\nreturn {a: 1}.get(b)', '*x'),
];

test.each(['none', 'clock', 'shared'] as const)(
  'verdicts with the bell “%s”',
  async (bell) => {
    sandbox = await createNodeSandbox({ mode: 'stdlib', bell, spares: 1, timeoutMs: 2500 });
    const fine = (n: number): RunRequest => ({ program: f(`return ${n}`, '*x'), inputs: ['', '1'], runs: 2 });
    const killers = [...HEARD, ...UNHEARD].map(
      (program): RunRequest => ({ program, inputs: ['', '1', '2'], runs: 2 }),
    );
    const results = await sandbox.run([...[1, 2, 3].map(fine), ...killers, ...[4, 5, 6].map(fine)]);
    const late = { ok: false, refusal: 'timeout', detail: 'it ran for more than 2500 ms' };
    expect(results.map(({ outcomes }) => outcomes)).toEqual([
      ...[1, 2, 3].map((n) => [1, 2].map(() => ({ ok: true, output: String(n) }))),
      ...killers.map(() => [1, 2, 3].map(() => late)),
      ...[4, 5, 6].map((n) => [1, 2].map(() => ({ ok: true, output: String(n) }))),
    ]);
    // One that hears nothing costs a worker with its chunk and another alone; those that hear cost none.
    const { respawned } = sandbox.stats();
    if (bell === 'none') expect(respawned).toBeGreaterThanOrEqual(2 + killers.length);
    // How many more a busy machine ends is not the bell's affair.
    else expect(respawned).toBeGreaterThanOrEqual(2);
  },
  180_000,
);
