/**
 * Runs that only the clock ends, with real Python in worker threads: one that hears the bell ends and its worker goes
 * on; one that hears nothing is ended with its worker. The verdicts are the same.
 */
import { afterEach, expect, test } from 'vitest';
import { f } from '../../test/sandbox/hostile/attack.ts';
import { scaled } from '../../test/scale.ts';
import { createNodeSandbox } from './node.ts';
import type { PoolOptions } from './pool.ts';
import type { RunRequest, RunResult, Sandbox } from './sandbox.ts';

let sandbox: Sandbox;
afterEach(() => sandbox?.close());

/** Long enough for every honest program on a busy machine: only what never ends uses it up. */
const TIMEOUT_MS = 1_000;
const LATE = { ok: false, refusal: 'timeout', detail: `it ran for more than ${TIMEOUT_MS} ms` };

/** Python hears signals while it takes steps, and hears none while it compares two tuples of 2^40 leaves. */
const HEARD = f('while True:\n pass', '*x');
const UNHEARD = f(
  'a = (1,)\nb = (1,)\nfor i in range(40):\n a = (a, a)\n b = (b, b)\nreturn {a: 1}.get(b)',
  '*x',
);

/** The killer among honest programs: they are judged, it is refused, each in its place. */
async function judgeAmongHonest(killer: string, options: Partial<PoolOptions>): Promise<void> {
  sandbox = await createNodeSandbox({ timeoutMs: TIMEOUT_MS, ...options });
  const ask = (program: string): RunRequest => ({ program, inputs: ['', '1'], runs: 2, steps: 1e12 });
  const honest = (n: number) => ask(f(`return ${n}`, '*x'));
  const results: RunResult[] = await sandbox.run([...[1, 2].map(honest), ask(killer), ...[3, 4].map(honest)]);
  const right = (n: number) => [1, 2].map(() => ({ ok: true, output: String(n) }));
  expect(results.map(({ outcomes }) => outcomes)).toEqual([
    ...[1, 2].map(right),
    [LATE, LATE],
    ...[3, 4].map(right),
  ]);
}

test.each(scaled(['clock', 'shared'] as const, ['shared'] as const))(
  'a run that hears the bell ends without its worker (%s)',
  async (bell) => {
    // The worker is waited for until it has heard.
    await judgeAmongHonest(HEARD, { bell, graceMs: 600_000 });
    expect(sandbox.stats().respawned).toBe(0);
  },
);

test('a run that hears nothing is ended with its worker, with its chunk and then alone', async () => {
  await judgeAmongHonest(UNHEARD, { bell: 'shared' });
  expect(sandbox.stats().respawned).toBeGreaterThanOrEqual(2);
});
