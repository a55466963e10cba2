/**
 * Laws of the pool, whatever its workers do: every request gets one verdict and the verdicts come in order; work in
 * flight is tried again once; a program that kills twice is marked and never runs again.
 */
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { KILLERS, type Killer, ScriptedWorkers } from '../../test/sandbox/scriptedWorkers.ts';
import { scaled } from '../../test/scale.ts';
import { Random } from '../random.ts';
import { type PoolOptions, SandboxPool } from './pool.ts';
import type { Outcome, RunRequest, RunResult } from './sandbox.ts';

const KINDS = Object.keys(KILLERS) as Killer[];

/** A program's name says what it does: `hang 7` hangs, `answer 7` answers. */
const kindOf = (program: string) => program.split(' ')[0] as 'answer' | Killer;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Lets the clock run until the promise is settled. */
async function settled<T>(promise: Promise<T>): Promise<T> {
  let pending = true;
  const end = () => {
    pending = false;
  };
  promise.then(end, end);
  for (let minutes = 0; pending; minutes++) {
    if (minutes > 10_000) throw new Error('The pool stands still');
    await vi.advanceTimersByTimeAsync(60_000);
  }
  return promise;
}

/** The one verdict that a request may get. */
function verdictOf({ program, inputs }: RunRequest): Outcome[] {
  const kind = kindOf(program);
  return inputs.map((input) =>
    kind === 'answer'
      ? { ok: true, output: `${program}:${input}` }
      : { ok: false, refusal: KILLERS[kind], detail: expect.any(String) },
  );
}

const runsOf = (requests: readonly RunRequest[]) =>
  requests.reduce((sum, { inputs, runs }) => sum + inputs.length * runs, 0);

test('100,000 runs with a thousand killers among them: one verdict each, in order', async () => {
  const random = new Random(6);
  const requests = Array.from({ length: 100_000 }, (_, i): RunRequest => {
    // A killer somewhere in every hundred.
    const kind = i % 100 === 0 ? random.pick(KINDS) : 'answer';
    return { program: `${kind} ${i}`, inputs: [String(i)], runs: 1 };
  });
  for (let i = 0; i < requests.length; i += 100) {
    const other = i + random.integer(0, 99);
    [requests[i], requests[other]] = [requests[other] as RunRequest, requests[i] as RunRequest];
  }
  const workers = new ScriptedWorkers({ does: kindOf });
  const pool = new SandboxPool(workers.spawn, { workers: 2, spares: 1, recycleAfter: 50 });
  const results = await settled(pool.run(requests));

  expect(results).toHaveLength(requests.length);
  const wrong = results.flatMap(({ outcomes }, i) => {
    const request = requests[i] as RunRequest;
    const [outcome] = outcomes;
    const kind = kindOf(request.program);
    const right =
      outcomes.length === 1 &&
      (kind === 'answer'
        ? outcome?.ok && outcome.output === `${request.program}:${request.inputs[0]}`
        : outcome?.ok === false && outcome.refusal === KILLERS[kind]);
    return right ? [] : [[request.program, outcome]];
  });
  expect(wrong).toEqual([]);
  // Every verdict counts once: a lost one would leave the queue longer, a doubled one shorter than nothing.
  expect(pool.stats()).toMatchObject({ queued: 0, runs: 100_000, ready: 3 });

  const begun = [...workers.begunIn];
  expect(begun).toHaveLength(100_000);
  const killers = begun.filter(([program]) => kindOf(program) !== 'answer');
  expect(killers).toHaveLength(1_000);
  expect(killers.filter(([, sizes]) => sizes.length !== 2 || sizes[1] !== 1)).toEqual([]);
  expect(begun.filter(([, sizes]) => sizes.length > 2)).toEqual([]);
  // Two workers at once may stand for chunks that hold two killers each; no worker is lost for anything else.
  const { respawned, recycled } = pool.stats();
  expect(respawned).toBeGreaterThan(1_500);
  expect(respawned).toBeLessThanOrEqual(2_000);
  expect(recycled).toBeGreaterThan(0);
  expect(workers.started).toBe(3 + respawned + recycled);
  expect(workers.mostAlive).toBe(3);

  const marked = await settled(pool.run(killers.map(([program]) => ({ program, inputs: ['x'], runs: 2 }))));
  expect(marked.every(({ outcomes: [outcome] }) => outcome?.ok === false)).toBe(true);
  expect(killers.every(([, sizes]) => sizes.length === 2)).toBe(true);
});

interface Schedule {
  options: Required<Pick<PoolOptions, 'workers' | 'spares' | 'recycleAfter' | 'bell' | 'mode'>>;
  /** Of one call after another: its programs, and the milliseconds that pass before it. */
  calls: { programs: string[]; inputs: number; runs: 1 | 2; pause: number }[];
  /** How each start goes, in turn; those that come later work. */
  starts: ('ready' | 'fails' | 'hangs')[];
  /** Bytes by which the heap grows with each chunk. */
  growth: number;
  seed: number;
}

const program = fc.oneof(
  { weight: 30, arbitrary: fc.integer({ min: 0, max: 999 }).map((n) => `answer ${n}`) },
  // Few of each, so that the same ones come again.
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...KINDS), fc.integer({ min: 0, max: 3 })).map((k) => k.join(' ')),
  },
);

const schedule: fc.Arbitrary<Schedule> = fc.record({
  options: fc.record({
    workers: fc.integer({ min: 1, max: 4 }),
    spares: fc.integer({ min: 0, max: 2 }),
    recycleAfter: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.constant(50_000)),
    bell: fc.constantFrom('shared' as const, 'clock' as const, 'none' as const),
    mode: fc.constantFrom('strict' as const, 'stdlib' as const),
  }),
  calls: fc.array(
    fc.record({
      programs: fc.oneof(
        fc.array(program, { maxLength: 100 }),
        // About the sizes where one chunk becomes two.
        fc
          .constantFrom(1, 15, 16, 17, 31, 32, 33)
          .chain((n) => fc.array(program, { minLength: n, maxLength: n })),
      ),
      inputs: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom(63, 64, 65, 127, 128, 129)),
      runs: fc.constantFrom(1 as const, 2 as const),
      pause: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3_000 })),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  starts: fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constant('ready' as const) },
      fc.constantFrom('fails' as const, 'hangs' as const),
    ),
    { maxLength: 20 },
  ),
  growth: fc.constantFrom(0, 1e6, 60e6, 200e6),
  seed: fc.nat(),
});

/** Three starts in a row that do not succeed are one too many when nobody else is left. */
const mayGiveUp = ({ starts }: Schedule) => starts.filter((how) => how !== 'ready').length >= 3;

test('the laws hold on every schedule', async () => {
  await fc.assert(
    fc.asyncProperty(schedule, async (drawn) => {
      vi.setSystemTime(0);
      const random = new Random(drawn.seed);
      const begun = new Map<string, { program: string; sizes: number[] }>();
      const workers = new ScriptedWorkers({
        does: kindOf,
        starts: (n) => drawn.starts[n] ?? 'ready',
        delay: () => random.integer(0, 20),
        heapBytes: (chunks) => 30e6 + chunks * drawn.growth,
        begun: (program, inputs, size) => {
          // The first input names the request; without one there is nothing to run.
          if (inputs.length === 0) return;
          const key = `${program} ${inputs[0]}`;
          const one = begun.get(key) ?? { program, sizes: [] };
          one.sizes.push(size);
          begun.set(key, one);
        },
      });
      const pool = new SandboxPool(workers.spawn, {
        ...drawn.options,
        timeoutMs: 1_000,
        startTimeoutMs: 2_000,
      });
      const calls: RunRequest[][] = [];
      const running: Promise<RunResult[]>[] = [];
      for (const { programs, inputs, runs, pause } of drawn.calls) {
        await vi.advanceTimersByTimeAsync(pause);
        const requests = programs.map((program, i) => ({
          program,
          inputs: Array.from({ length: inputs }, (_, k) => `${calls.length}.${i}.${k}`),
          runs,
        }));
        calls.push(requests);
        const results = pool.run(requests);
        results.catch(() => {});
        running.push(results);
      }
      /** Null where the pool gave up, which it may on this schedule, and left nobody behind. */
      const answered = async <T>(asked: Promise<T>): Promise<T | null> => {
        try {
          return await settled(asked);
        } catch (error) {
          expect(String(error)).toContain('Python could not be started');
          expect(mayGiveUp(drawn)).toBe(true);
          expect(workers.alive.size).toBe(0);
          return null;
        }
      };
      const results = await answered(Promise.all(running));
      if (!results) return;
      expect(results.map((each) => each.map(({ outcomes }) => outcomes))).toEqual(
        calls.map((requests) => requests.map(verdictOf)),
      );
      expect(pool.stats()).toMatchObject({ queued: 0, runs: runsOf(calls.flat()) });
      for (const { program, sizes } of begun.values()) {
        expect(sizes.length).toBeLessThanOrEqual(2);
        // The second time alone.
        if (sizes.length === 2) expect(sizes[1]).toBe(1);
        if (kindOf(program) !== 'answer') expect(sizes.length).toBeGreaterThan(0);
      }
      // Marked programs never run again.
      const times = begun.size;
      const killers = [
        ...new Set(
          calls
            .flat()
            .filter(({ inputs }) => inputs.length > 0)
            .map(({ program }) => program),
        ),
      ].filter((program) => kindOf(program) !== 'answer');
      const again = killers.map((program): RunRequest => ({ program, inputs: ['again'], runs: 1 }));
      // It may also give up between the two, when a worker is replaced.
      const verdicts = await answered(pool.run(again));
      if (!verdicts) return;
      expect(verdicts.map(({ outcomes }) => outcomes)).toEqual(again.map(verdictOf));
      expect(begun.size).toBe(times);
      await vi.advanceTimersByTimeAsync(10_000);
      const { workers: wanted, spares } = drawn.options;
      expect(workers.mostAlive).toBeLessThanOrEqual(wanted + spares);
      if (!mayGiveUp(drawn)) expect(pool.stats().ready).toBe(wanted + spares);
      pool.close();
      expect(workers.alive.size).toBe(0);
    }),
    { numRuns: scaled(200, 60) },
  );
});
