import { expect, test } from 'vitest';
import { NO_STATS } from '../sandbox/sandbox.ts';
import type { Role } from '../tasks/task.ts';
import type { BlockedAttempt, HackAttempt, VerdictCounts } from '../watch/findings.ts';
import type { Event } from './protocol.ts';
import { applyEvents, createRunStore, emptyView } from './store.ts';

const blocked = (more: Partial<BlockedAttempt> = {}): BlockedAttempt => ({
  step: 1,
  role: 'propose',
  kind: 'deduction',
  refusal: 'budget',
  category: 'endless',
  reward: -1,
  detail: 'more than 5000 steps',
  program: 'def f(x):\n    while True:\n        x = x + 1',
  input: '1',
  times: 1,
  ...more,
});

const verdicts = (role: Role, counts: VerdictCounts, attempts: BlockedAttempt[] = []): Event => ({
  type: 'verdicts',
  step: 1,
  role,
  counts,
  blocked: attempts,
});

test('verdicts add up by role', () => {
  const store = createRunStore();
  applyEvents(store, [
    verdicts('propose', { accepted: 5, error: 1 }),
    verdicts('solve', { accepted: 2 }),
    verdicts('propose', { accepted: 3, budget: 1 }, [blocked()]),
  ]);
  expect(store.getState().verdicts.counts).toEqual({
    propose: { accepted: 8, error: 1, budget: 1 },
    solve: { accepted: 2 },
  });
});

test('blocked attempts are kept newest first, two hundred at most; the totals know every one', () => {
  const store = createRunStore();
  const many = Array.from({ length: 150 }, (_, i) => blocked({ input: String(i) }));
  applyEvents(store, [
    verdicts('propose', { budget: 150 }, many),
    verdicts('propose', { budget: 150 }, many),
    verdicts('solve', { forbidden: 8 }, [
      blocked({ role: 'solve', refusal: 'forbidden', category: 'forbidden', times: 8 }),
    ]),
  ]);
  const { attempts: kept, totals } = store.getState().verdicts;
  expect(totals).toEqual({ endless: 300, forbidden: 8 });
  expect(kept).toHaveLength(200);
  expect(kept[0]).toMatchObject({ number: 301, refusal: 'forbidden', times: 8 });
  expect(kept.map(({ number }) => number)).toEqual(Array.from({ length: 200 }, (_, i) => 301 - i));
  expect(kept[1]?.input).toBe('149');
});

test('hacks join the log beside what was blocked', () => {
  const store = createRunStore();
  const hack: HackAttempt = {
    step: 1,
    role: 'solve',
    kind: 'deduction',
    hack: 'expression',
    answer: '4+4',
    program: 'def f(x):\n    return x',
    input: '8',
    reward: -1,
    times: 2,
  };
  applyEvents(store, [
    verdicts('propose', { budget: 1 }, [blocked()]),
    { type: 'hacks', step: 1, role: 'solve', hacks: [hack] },
  ]);
  expect(store.getState().verdicts).toMatchObject({
    totals: { endless: 1, judge: 2 },
    attempts: [{ number: 2, category: 'judge', answer: '4+4' }, { number: 1 }],
  });
});

test('a new run begins with nothing', () => {
  const store = createRunStore();
  applyEvents(store, [verdicts('propose', { budget: 1 }, [blocked()])]);
  store.setState(emptyView(null), true);
  applyEvents(store, [verdicts('propose', { accepted: 1 })]);
  expect(store.getState().verdicts).toMatchObject({
    counts: { propose: { accepted: 1 }, solve: {} },
    totals: {},
    attempts: [],
    numbered: 0,
  });
});

test('what the sandbox reports between the steps is what is shown', () => {
  const store = createRunStore();
  const sandbox = {
    ...NO_STATS,
    workers: 2,
    ready: 3,
    queued: 40,
    runs: 100,
    respawned: 1,
    startMs: 900,
    respawnMs: 400,
    firstVerdictMs: 2100,
    busyMs: 50,
  };
  applyEvents(store, [{ type: 'sandbox', sandbox }]);
  expect(store.getState().sandbox).toEqual(sandbox);
});
