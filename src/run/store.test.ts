import { describe, expect, test } from 'vitest';
import { stepEvent as step, taskOf as task } from '../../test/builders.ts';
import type { Attempt } from '../tasks/task.ts';
import type { DetectorName } from '../watch/findings.ts';
import type { Event, Fault } from './protocol.ts';
import { applyEvents, createRunStore } from './store.ts';

const fault = (more: Partial<Fault> = {}): Fault => ({
  code: 'no-webgpu',
  message: 'No WebGPU.',
  remedy: 'Using WebAssembly.',
  fatal: false,
  ...more,
});

describe('metrics', () => {
  test('columns stay as long as the steps, with gaps where nothing was measured', () => {
    const store = createRunStore();
    applyEvents(store, [
      step(1),
      step(2, { reward: { 'propose:deduction': -1 }, heldOut: { deduction: { '2': 0.5 } } }),
      step(3),
    ]);
    const { columns, revision } = store.getState().metrics;
    expect(columns.steps).toEqual([1, 2, 3]);
    expect(columns.get('reward:solve:deduction')).toEqual([0.5, null, 0.5]);
    expect(columns.get('reward:propose:deduction')).toEqual([null, -1, null]);
    expect(columns.get('heldOut:deduction:2')).toEqual([null, 0.5, null]);
    expect(columns.last('heldOut:deduction:2')).toBe(0.5);
    expect(columns.get('no such metric')).toEqual([]);
    expect(revision).toBe(3);
  });

  test('a value that is no number is left out instead of breaking the chart', () => {
    const store = createRunStore();
    applyEvents(store, [step(1, { loss: Number.NaN }), step(2)]);
    expect(store.getState().metrics.columns.get('loss')).toEqual([null, 1]);
  });
});

test('detections are kept in the order in which they fired', () => {
  const store = createRunStore();
  const detection = (name: DetectorName, at: number) => ({
    name,
    step: at,
    sentence: 'Seen.',
    cure: 'Do this.',
  });
  const [first, second] = [detection('entropy collapse', 2), detection('zero-std groups', 3)];
  applyEvents(store, [step(1), step(2, { detections: [first] })]);
  const before = store.getState().detections;
  applyEvents(store, [step(3, { detections: [second] })]);
  expect([before, store.getState().detections]).toEqual([[first], [first, second]]);
  const after = store.getState().detections;
  applyEvents(store, [step(4)]);
  expect(store.getState().detections).toBe(after);
});

describe('tasks', () => {
  test('are added, updated, evicted; lineage goes both ways', () => {
    const store = createRunStore();
    applyEvents(store, [
      {
        type: 'tasks',
        added: [task('a'), task('b', { parents: ['a', 'a'] }), task('c', { parents: ['a'] })],
        updated: [],
        evicted: [],
      },
      { type: 'tasks', added: [], updated: [{ id: 'b', solveRate: 0.5 }], evicted: ['c'] },
    ]);
    const { book } = store.getState().tasks;
    expect(book.all().map(({ id }) => id)).toEqual(['a', 'b']);
    expect(book.get('b')?.solveRate).toBe(0.5);
    expect(book.children('a').map(({ id }) => id)).toEqual(['b']);
    expect(book.countByState()).toEqual({ new: 1, never: 0, sometimes: 1, always: 0 });
  });

  test('attempts of a later step replace the earlier ones, details replace both', () => {
    const attempt = (taskId: string, at: number): Attempt => ({
      taskId,
      response: '<ans>2<eos>',
      answer: '2',
      thinks: false,
      verdict: 'correct',
      reward: 1,
      advantage: 0,
      tokens: 3,
      step: at,
    });
    const store = createRunStore();
    applyEvents(store, [
      { type: 'attempts', attempts: [attempt('a', 1), attempt('b', 1), attempt('a', 1)] },
      { type: 'attempts', attempts: [attempt('a', 2)] },
      { type: 'task-details', id: 'b', attempts: [attempt('b', 3), attempt('b', 4)] },
    ]);
    const { book } = store.getState().tasks;
    expect(book.attempts('a').map((made) => made.step)).toEqual([2]);
    expect(book.attempts('b').map((made) => made.step)).toEqual([3, 4]);
    expect(book.attempts('nobody')).toEqual([]);
  });

  test('attempts are bounded: those longest untouched are forgotten first', () => {
    const store = createRunStore();
    const many = (taskId: string): Attempt[] =>
      Array.from({ length: 2500 }, () => ({
        taskId,
        response: '',
        answer: null,
        thinks: false,
        verdict: 'format' as const,
        reward: -1,
        advantage: 0,
        tokens: 0,
        step: 1,
      }));
    for (const id of ['a', 'b', 'c']) applyEvents(store, [{ type: 'attempts', attempts: many(id) }]);
    const { book } = store.getState().tasks;
    expect(['a', 'b', 'c'].map((id) => book.attempts(id).length)).toEqual([0, 2500, 2500]);
  });
});

describe('the task in hand', () => {
  test('is what the latest stage brought, and is kept once judged', () => {
    const store = createRunStore();
    const attempts = [{ response: '', answer: null, thinks: false, verdict: 'wrong' as const, reward: -0.5 }];
    applyEvents(store, [
      { type: 'state', state: 'running' },
      { type: 'stage', step: 1, stage: 'propose', currentTask: { kind: 'deduction', references: ['r'] } },
      { type: 'stage', step: 1, stage: 'verify', currentTask: { kind: 'deduction', program: 'p' } },
      { type: 'stage', step: 1, stage: 'attempt', currentTask: null },
      { type: 'stage', step: 1, stage: 'judge', currentTask: { kind: 'deduction', program: 'p', attempts } },
      { type: 'stage', step: 2, stage: 'propose', currentTask: { kind: 'abduction' } },
    ]);
    const view = store.getState();
    expect(view.judged).toEqual({ step: 1, currentTask: { kind: 'deduction', program: 'p', attempts } });
    expect(view.currentTask).toEqual({ kind: 'abduction' });
    expect([view.step, view.stage]).toEqual([2, 'propose']);
  });

  test('of an earlier step is not taken for one of this step when there is nothing to judge', () => {
    const store = createRunStore();
    const attempts = [{ response: '', answer: null, thinks: false, verdict: 'wrong' as const, reward: -0.5 }];
    applyEvents(store, [
      { type: 'state', state: 'running' },
      { type: 'stage', step: 1, stage: 'judge', currentTask: { kind: 'deduction', program: 'p', attempts } },
      { type: 'stage', step: 2, stage: 'judge', currentTask: null },
    ]);
    expect(store.getState().judged?.step).toBe(1);
  });
});

describe('refusals and faults', () => {
  test('refusals are counted for the whole run and the newest are kept', () => {
    const store = createRunStore();
    const refused = (rejection: 'known' | 'syntax'): Event => ({
      type: 'rejected',
      step: 1,
      kind: 'deduction',
      rejection,
      text: 'def',
      detail: '',
    });
    applyEvents(store, [...Array.from({ length: 70 }, () => refused('known')), refused('syntax')]);
    const { totals, recent } = store.getState().refused;
    expect(totals).toEqual({ known: 70, syntax: 1 });
    expect(recent).toHaveLength(60);
    expect(recent[0]?.rejection).toBe('syntax');
  });

  test('a notice of a code replaces the last one of that code; a fatal fault ends the run', () => {
    const store = createRunStore();
    applyEvents(store, [
      { type: 'state', state: 'running' },
      { type: 'fault', fault: fault() },
      { type: 'fault', fault: fault({ message: 'Again.' }) },
      { type: 'fault', fault: fault({ code: 'device-lost', fatal: true }) },
    ]);
    const view = store.getState();
    expect(view.notices.map(({ message }) => message)).toEqual(['Again.']);
    expect([view.state, view.fatal?.code, view.stage]).toEqual(['failed', 'device-lost', null]);
  });

  test('one batch wakes its listeners once', () => {
    const store = createRunStore();
    let calls = 0;
    store.subscribe(() => calls++);
    applyEvents(store, [step(1), step(2), step(3)]);
    applyEvents(store, []);
    expect(calls).toBe(1);
  });
});
