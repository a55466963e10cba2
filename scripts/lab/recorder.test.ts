import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Event } from '../../src/run/protocol.ts';
import { NO_STATS } from '../../src/sandbox/sandbox.ts';
import type { Task } from '../../src/tasks/task.ts';
import type { StepMetrics } from '../../src/watch/metrics.ts';
import { Recorder } from './recorder.ts';

const metrics: StepMetrics = {
  step: 1,
  seconds: 3.2,
  reward: { 'solve:deduction': 0.5 },
  solveRate: { deduction: 0.75 },
  learnability: [1, 0, 2],
  proposals: 3,
  validRate: 1,
  newTasks: 1,
  rejections: {},
  thinkShare: { deduction: 0.25 },
  responseLength: { 'solve:deduction': 7, 'propose:deduction': 30 },
  bufferSize: 1,
  bufferByKind: { deduction: 1, abduction: 0, induction: 0 },
  behaviours: 1,
  loss: 0.1,
  gradNorm: 1,
  entropy: 1,
  klToBase: 0,
  clipFraction: 0,
  zeroSignal: 0,
  learningRate: 1e-3,
  tokensSampled: 10,
  tokensTrained: 10,
  phaseSeconds: { propose: 1, verify: 1, attempt: 1, judge: 0.1, update: 0.1 },
  memory: { tensors: 5, bytes: 100 },
};

const SANDBOX = {
  ...NO_STATS,
  workers: 2,
  ready: 3,
  runs: 5,
  startMs: 3000,
  firstVerdictMs: 4000,
  busyMs: 10,
};

const task: Task = {
  id: 'd1',
  kind: 'deduction',
  program: 'def f(x):\n    return x + 1',
  input: '1',
  output: '2',
  step: 1,
  parents: [],
  behaviour: '1|2',
  solveRate: null,
};

function step(seconds: number): Event {
  return {
    type: 'step',
    metrics: { ...metrics, seconds },
    throughput: { tasksPerSecond: 1, tokensSampledPerSecond: 10, tokensTrainedPerSecond: 10 },
    sandbox: SANDBOX,
  };
}

function record(events: readonly Event[]): (name: string) => string {
  const folder = mkdtempSync(join(tmpdir(), 'kelvin-'));
  const recorder = new Recorder(folder, { preset: 'ci' });
  for (const event of events) recorder.take(event);
  recorder.finish(new Uint8Array([1, 2, 3]));
  return (name) => readFileSync(join(folder, name), 'utf8');
}

test('metrics are by kind and do not know the clock', () => {
  const read = record([step(3)]);
  const line = JSON.parse(read('metrics.jsonl'));
  expect(line).toMatchObject({
    step: 1,
    validRate: 1,
    thinkShare: { deduction: 0.25 },
    responseLength: { deduction: 7 },
    proposalLength: { deduction: 30 },
    bufferSize: 1,
  });
  expect(record([step(4)])('metrics.jsonl')).toBe(read('metrics.jsonl'));
  expect(JSON.parse(read('timing.jsonl'))).toMatchObject({ step: 1, seconds: 3, tasksPerSecond: 1 });
});

test('tasks carry their latest solve rate, evicted ones included', () => {
  const read = record([
    { type: 'tasks', added: [task, { ...task, id: 'd2' }], updated: [], evicted: [] },
    { type: 'tasks', added: [], updated: [{ id: 'd1', solveRate: 0.5 }], evicted: ['d2'] },
  ]);
  const tasks = read('tasks.jsonl')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(tasks).toEqual([
    { ...task, solveRate: 0.5 },
    { ...task, id: 'd2' },
  ]);
});

test('what should not have been tried is written under one name each, blocked or refused', () => {
  const common = { step: 2, kind: 'deduction', program: 'def f(x):\n    return x', times: 1 } as const;
  const read = record([
    {
      type: 'rulings',
      step: 2,
      role: 'propose',
      counts: { budget: 1 },
      blocked: [
        {
          ...common,
          role: 'propose',
          refusal: 'budget',
          category: 'endless',
          detail: 'more than 5000 steps',
          input: '1',
          reward: -1,
        },
      ],
    },
    {
      type: 'tricks',
      step: 2,
      role: 'solve',
      tricks: [{ ...common, role: 'solve', trick: 'call', answer: 'f(3)', input: '3', reward: -1 }],
    },
  ]);
  const lines = read('uhoh.jsonl')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toEqual([
    {
      ...common,
      role: 'propose',
      category: 'endless',
      tried: 'budget',
      detail: 'more than 5000 steps',
      input: '1',
      answer: null,
      reward: -1,
    },
    {
      ...common,
      role: 'solve',
      category: 'judge',
      tried: 'call',
      detail: null,
      input: '3',
      answer: 'f(3)',
      reward: -1,
    },
  ]);
});

test('the configuration names the engine that ran it', () => {
  const read = record([{ type: 'engine', backend: 'wasm', device: 'WebAssembly', parameters: 12 }]);
  const engine = { backend: 'wasm', adapter: 'WebAssembly', parameters: 12 };
  expect(JSON.parse(read('config.json'))).toEqual({ preset: 'ci', engine });
});
