/** The pool against scripted workers: what is dealt, who is blamed, what comes back and in which order. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { KILLERS, ScriptedWorkers } from '../../test/sandbox/scriptedWorkers.ts';
import { type PoolOptions, SandboxPool } from './pool.ts';
import type { RunRequest } from './sandbox.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function open(workers: ScriptedWorkers, options: Partial<PoolOptions> = {}): SandboxPool {
  return new SandboxPool(workers.spawn, { workers: 2, timeoutMs: 1000, ...options });
}

function requests(programs: readonly string[]): RunRequest[] {
  return programs.map((program) => ({ program, inputs: ['1', '2'], runs: 1 }));
}

async function finish<T>(promise: Promise<T>): Promise<T> {
  // A rejection is looked at only after the clock has moved.
  promise.catch(() => {});
  await vi.advanceTimersByTimeAsync(120_000);
  return promise;
}

const numbered = (n: number) => Array.from({ length: n }, (_, i) => `p${i}`);

test('results come in the order of the requests, over many calls at once', async () => {
  const pool = open(new ScriptedWorkers());
  const programs = numbered(500);
  const [first, second] = await finish(
    Promise.all([pool.run(requests(programs)), pool.run(requests([...programs].reverse()))]),
  );
  const texts = (results: typeof first) =>
    results.map(({ outcomes }) => outcomes.map((outcome) => outcome.ok && outcome.output));
  expect(texts(first)).toEqual(programs.map((p) => [`${p}:1`, `${p}:2`]));
  expect(texts(second)).toEqual([...programs].reverse().map((p) => [`${p}:1`, `${p}:2`]));
  expect(pool.stats()).toMatchObject({ queued: 0, runs: 2000, respawned: 0 });
});

test('the others start from the snapshot of the first', async () => {
  const workers = new ScriptedWorkers();
  const pool = open(workers);
  await finish(pool.ready());
  expect(workers.boots.map(({ snapshots }) => snapshots.main?.[0])).toEqual([undefined, 0, 0]);
  expect(workers.started).toBe(3);
  expect(pool.stats()).toMatchObject({ workers: 2, ready: 3 });
});

test('a machine that sleeps in the midst of its work costs a second try, and no verdict', async () => {
  // All that the workers are at when it falls asleep comes an hour late.
  let chunk = 0;
  const workers = new ScriptedWorkers({ delay: () => (chunk++ === 5 ? 3600_000 : 1) });
  const pool = open(workers);
  const results = await finish(pool.run(requests(numbered(200))));
  expect(results.flatMap(({ outcomes }) => outcomes).every(({ ok }) => ok)).toBe(true);
  expect(pool.stats().respawned).toBe(1);
});

const KINDS = Object.keys(KILLERS) as (keyof typeof KILLERS)[];

test.each(KINDS)('only the culprit is blamed when a worker is lost (%s)', async (kind) => {
  const refusal = KILLERS[kind];
  const workers = new ScriptedWorkers({ does: (program) => (/^p\d*77$/.test(program) ? kind : 'answer') });
  const pool = open(workers);
  const programs = numbered(300);
  const results = await finish(pool.run(requests(programs)));
  results.forEach(({ outcomes }, i) => {
    expect(outcomes).toHaveLength(2);
    for (const [k, outcome] of outcomes.entries()) {
      if (/77$/.test(programs[i] as string)) expect(outcome).toMatchObject({ ok: false, refusal });
      else expect(outcome).toEqual({ ok: true, output: `${programs[i]}:${k + 1}` });
    }
  });
  // Killed twice, the second time alone, and then never tried again.
  expect(workers.begunIn.get('p177')?.length).toBe(2);
  expect(workers.begunIn.get('p177')?.[1]).toBe(1);
  await finish(pool.run(requests(['p177'])));
  expect(workers.begunIn.get('p177')?.length).toBe(2);
  // Nobody else was tried more than twice.
  expect(Math.max(...[...workers.begunIn.values()].map((times) => times.length))).toBe(2);
  expect(pool.stats()).toMatchObject({ queued: 0, ready: 3 });
});

test('nothing is lost or doubled with many killers', async () => {
  const workers = new ScriptedWorkers({
    does: (program) => (Number(program.slice(1)) % 50 === 0 ? 'hang' : 'answer'),
  });
  const pool = open(workers);
  const results = await finish(pool.run(requests(numbered(1000))));
  const refused = results.flatMap(({ outcomes }, i) => (outcomes.every((o) => !o.ok) ? [i] : []));
  expect(refused).toEqual(Array.from({ length: 20 }, (_, i) => i * 50));
  expect(pool.stats()).toMatchObject({ queued: 0, runs: 2000 });
});

test('what waits while its program is marked never runs', async () => {
  const workers = new ScriptedWorkers({ does: (program) => (program === 'killer' ? 'hang' : 'answer') });
  const pool = open(workers);
  const programs = numbered(2000).map((program, i) => (i % 20 === 0 ? 'killer' : program));
  const results = await finish(pool.run(requests(programs)));
  expect(results.flatMap(({ outcomes: [outcome] }, i) => (outcome?.ok ? [] : [i]))).toEqual(
    Array.from({ length: 100 }, (_, i) => i * 20),
  );
  // Once in the chunks that both workers had when the first hung, and once more to be marked.
  expect(workers.begunIn.get('killer')?.length).toBeLessThanOrEqual(6);
  expect(pool.stats()).toMatchObject({ queued: 0, runs: 4000, ready: 3 });
});

test.each([
  ['strict', 0],
  // Where programs share a library, the bell may have struck in the midst of it.
  ['stdlib', 2],
] as const)(
  'a run that hears the bell is refused like one that must be ended (%s)',
  async (mode, recycled) => {
    for (const bell of ['shared', 'clock'] as const) {
      const workers = new ScriptedWorkers({ does: (program) => (program === 'p5' ? 'dawdle' : 'answer') });
      const pool = open(workers, { bell, mode });
      const results = await finish(pool.run(requests(numbered(40))));
      expect(results[5]?.outcomes).toEqual(
        ['1', '2'].map(() => ({ ok: false, refusal: 'timeout', detail: 'it ran for more than 1000 ms' })),
      );
      expect(results.filter(({ outcomes: [outcome] }) => outcome?.ok)).toHaveLength(39);
      expect(workers.begunIn.get('p5')).toEqual([expect.any(Number), 1]);
      expect(pool.stats()).toMatchObject({ queued: 0, runs: 80, respawned: 0, recycled, ready: 3 });
    }
  },
);

test('a spare takes over at once', async () => {
  const workers = new ScriptedWorkers({ does: (program) => (program === 'p0' ? 'hang' : 'answer') });
  const pool = open(workers, { workers: 1, spares: 1 });
  await finish(pool.ready());
  const running = pool.run(requests(['p0', 'p1']));
  await vi.advanceTimersByTimeAsync(1205);
  expect(pool.stats().ready).toBe(1);
  expect(workers.started).toBe(3);
  await finish(running);
});

test('workers are replaced after a number of requests or when their heap has grown', async () => {
  const workers = new ScriptedWorkers();
  const pool = open(workers, { recycleAfter: 40 });
  await finish(pool.run(requests(numbered(400))));
  expect(workers.started).toBeGreaterThan(5);
  expect(pool.stats()).toMatchObject({ respawned: 0, ready: 3 });
  const grown = new ScriptedWorkers({ heapBytes: () => 1e9 });
  await finish(open(grown).run(requests(numbered(10))));
  expect(grown.started).toBeGreaterThan(3);
});

test('a start that fails is tried again without a snapshot', async () => {
  const workers = new ScriptedWorkers({ starts: (n) => (n === 0 ? 'fails' : 'ready') });
  const pool = open(workers);
  await finish(pool.ready());
  expect(workers.boots.map(({ makeSnapshots }) => makeSnapshots)).toEqual([true, false, false, false]);
});

test('says so when Python cannot be started', async () => {
  const workers = new ScriptedWorkers({ starts: () => 'fails' });
  const pool = open(workers);
  const running = pool.run(requests(['p0']));
  running.catch(() => {});
  await expect(finish(pool.ready())).rejects.toThrow('Python could not be started: no memory.');
  await expect(running).rejects.toThrow('Python could not be started');
  await expect(pool.run(requests(['p0']))).rejects.toThrow('Python could not be started');
});

test('closing ends the workers and what waits for them', async () => {
  const workers = new ScriptedWorkers({ does: () => 'hang' });
  const pool = open(workers);
  await finish(pool.ready());
  const running = pool.run(requests(['p0']));
  running.catch(() => {});
  pool.close();
  await expect(running).rejects.toThrow('The sandbox is closed.');
  expect(workers.alive.size).toBe(0);
});

test('no requests, no work', async () => {
  expect(await finish(open(new ScriptedWorkers()).run([]))).toEqual([]);
});
