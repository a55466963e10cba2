/** The pool in real Chromium, over 100,000 runs of real Python with killers among them. */
import { expect, test } from '@playwright/test';
import { open, servePage } from './sandboxPage.ts';

const url = servePage();

test('100,000 runs, one in a hundred a killer: one verdict each, in order, and nothing grows', async ({
  page,
}) => {
  // Replaced by number too, so that recycling and killing meet.
  // Two seconds: on a busy machine a good program that follows a killed one needs more than half a second.
  await open(page, url(), { workers: 2, timeoutMs: 2000, recycleAfter: 20_000 });
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, page.workers().length);
  }, 100);
  const seen = await page.evaluate(async () => {
    const RUNS = 100_000;
    const good = (n: number) =>
      `def f(x):\n    z = abs(4) - x\n    if x < 8:\n        z = ${n} + z * z // 7\n    for i in range(3):\n        z = z + i\n    return [x, z, ${n}]`;
    const expected = (n: number, x: number) => {
      const z = 4 - x;
      return `[${x}, ${(x < 8 ? n + Math.floor((z * z) / 7) : z) + 3}, ${n}]`;
    };
    // Two tuples of 2^40 leaves: no line, jump or call is executed while one is looked up by the other.
    const killer = (n: number) =>
      `def f(x):\n    a = (${n},)\n    b = (${n},)\n    for i in range(40):\n        a = (a, a)\n        b = (b, b)\n    return {a: 1}.get(b)`;
    const isKiller = (i: number) => i % 100 === 37;
    const requests = Array.from({ length: RUNS }, (_, i) => ({
      program: isKiller(i) ? killer(Math.floor(i / 100) % 10) : good(i % 1000),
      inputs: [String(i % 97)],
      runs: 1 as const,
    }));
    const began = performance.now();
    const results = await window.sandbox.run(requests);
    const ms = performance.now() - began;
    const wrong = results.flatMap(({ outcomes }, i) => {
      const [outcome] = outcomes;
      const right = isKiller(i)
        ? outcome?.ok === false && outcome.refusal === 'timeout'
        : outcome?.ok && outcome.output === expected(i % 1000, i % 97);
      return right && outcomes.length === 1 ? [] : [{ i, outcomes }];
    });
    return { wrong: wrong.slice(0, 5), verdicts: results.length, ms, stats: window.sandbox.stats() };
  });
  clearInterval(watch);
  const { stats } = seen;
  console.log(
    `${seen.verdicts} verdicts in ${(seen.ms / 1000).toFixed(1)} s; ${stats.respawned} workers ended, ` +
      `${stats.recycled} recycled, ${most} at most at once; largest heap ${(stats.peakHeapBytes / 2 ** 20).toFixed(0)} MiB`,
  );
  expect(seen.wrong).toEqual([]);
  expect(seen.verdicts).toBe(100_000);
  expect(stats).toMatchObject({ queued: 0, runs: 100_000 });
  // Each of the ten kills twice to be marked, and in the chunks that are in flight when the first is met.
  expect(stats.respawned).toBeGreaterThanOrEqual(20);
  expect(stats.respawned).toBeLessThan(80);
  expect(stats.recycled).toBeGreaterThan(0);
  // Chromium takes up to two seconds to stop a worker inside a long computation, so some overlap their successors.
  expect(most).toBeLessThanOrEqual(12);
  await expect.poll(() => page.workers().length).toBe(3);
  expect(stats.peakHeapBytes).toBeLessThan(128 * 2 ** 20);
});
