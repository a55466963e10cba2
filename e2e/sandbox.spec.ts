/** The sandbox in real Chromium, on a page of its own: it starts, judges, survives killers and lets nothing out. */
import { expect, type Page, test } from '@playwright/test';
import type { MountOptions } from '../src/sandbox/host.ts';
import type { RunRequest } from '../src/sandbox/sandbox.ts';
import { isLong, scaled } from '../test/scale.ts';
import { judge, open as openPage, servePage } from './sandboxPage.ts';

const url = servePage();
const open = (page: Page, options: Partial<MountOptions>) => openPage(page, url(), options);

test.describe.configure({ mode: 'serial' });

const one = (program: string, runs: 1 | 2 = 2): RunRequest => ({ program, inputs: [''], runs });
const HELLO = one('def f():\n    return "hello world"');

function small(i: number): string {
  return `def f(x):\n    z = abs(4) - x\n    z = z * z // 7\n    if x < 8:\n        x = ${i} + z\n    for i in range(3):\n        x = x + i\n    return x`;
}

test('starts, judges, and tells how fast', async ({ page }) => {
  const ms = await open(page, { workers: 1 });
  const first = await judge(page, [
    HELLO,
    one('def f():\n    return list({"a", "b", "c", "d", "e"})'),
    one('def f():\n    return 10 ** 10 ** 8'),
    one('def f():\n    while True: pass'),
    one('def f():\n    return ().__class__'),
    one('def f():\n    return sorted([3, 1], key=lambda x: f())'),
  ]);
  expect(first.outcomes.map(([outcome]) => (outcome?.ok ? outcome.output : outcome?.refusal))).toEqual([
    "'hello world'",
    'nondeterministic',
    'memory',
    'budget',
    'forbidden',
    'budget',
  ]);
  const N = 1000;
  const tasks = Array.from({ length: N }, (_, i) => ({ program: small(i), inputs: ['5'], runs: 2 as const }));
  const fresh = await judge(page, tasks);
  const known = await judge(
    page,
    tasks.map((task) => ({ ...task, runs: 1 as const })),
  );
  expect(fresh.outcomes.every(([outcome]) => outcome?.ok)).toBe(true);
  console.log(
    `start ${Math.round(ms)} ms (Python ${Math.round(first.stats.startMs ?? 0)} ms), one worker: ` +
      `${Math.round((N / fresh.ms) * 1000)} new tasks/s, ${Math.round((N / known.ms) * 1000)} known runs/s`,
  );
});

if (isLong) {
  // `src/sandbox/bell.node.test.ts` ends such a loop in every run.
  test('a loop inside C code is ended, and nobody else notices', async ({ page }) => {
    await open(page, { workers: 2 });
    // Two nested tuples of 2^40 leaves and the same hash: compared leaf by leaf when one is looked up.
    const killer = one(
      'def f():\n    a = (1,)\n    b = (1,)\n    for i in range(40):\n        a = (a, a)\n        b = (b, b)\n    return {a: 1}.get(b)',
    );
    const good = Array.from({ length: 100 }, (_, i) => one(`def f():\n    return ${i}`));
    const { outcomes, stats } = await judge(page, [...good.slice(0, 50), killer, ...good.slice(50)]);
    expect(outcomes.map(([outcome]) => (outcome?.ok ? outcome.output : outcome?.refusal))).toEqual([
      ...good.slice(0, 50).map((_, i) => String(i)),
      'timeout',
      ...good.slice(50).map((_, i) => String(i + 50)),
    ]);
    // With its chunk and alone; how many more a busy machine ends is not the killer's affair.
    expect(stats.respawned).toBeGreaterThanOrEqual(2);
    const began = Date.now();
    await expect.poll(async () => (await judge(page, [HELLO])).stats.ready).toBe(3);
    console.log(`all workers back after ${Date.now() - began} ms`);
  });
}

// `src/sandbox/bell.node.test.ts` rings the shared bell in every run.
for (const bell of scaled(['shared', 'clock'] as const, [])) {
  test(`a run that hears signals ends without its worker (${bell})`, async ({ page }) => {
    // Memory can be shared in an isolated page only; there it is what the pool takes by itself.
    const isolated = bell === 'shared';
    await openPage(page, url(isolated), {
      workers: 1,
      mode: 'stdlib',
      timeoutMs: 2_000,
      // However busy the machine is: the worker is waited for until it has heard.
      graceMs: 600_000,
      ...(isolated ? { bell } : {}),
    });
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(isolated);
    const text = one(
      'import re\ndef f():\n    try:\n        return re.match("(a+)+$", "a" * 40 + "b")\n    except Exception:\n        return 1',
    );
    const { outcomes, stats } = await judge(page, [HELLO, text, HELLO]);
    const hello = [{ ok: true, output: "'hello world'" }];
    const late = [{ ok: false, refusal: 'timeout', detail: 'it ran for more than 2000 ms' }];
    expect(outcomes).toEqual([hello, late, hello]);
    expect(stats.respawned).toBe(0);
  });
}

test('a stripped worker has no way out', async ({ page }) => {
  await page.goto(url());
  const { left, reached, own, inherited } = await page.evaluate(() => window.probeWorker());
  expect(reached).toEqual([]);
  expect(left).toEqual([]);
  const harmless = [
    'PERSISTENT',
    'TEMPORARY',
    'clearTimeout',
    'constructor',
    'performance',
    'self',
    'setTimeout',
  ];
  expect(inherited.filter((name) => !harmless.includes(name))).toEqual([]);
  expect(own).not.toContain('postMessage');
});
