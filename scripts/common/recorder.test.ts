import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { presetConfig } from '../../src/config/presets.ts';
import type { Event } from '../../src/run/protocol.ts';
import { ALL_KINDS } from '../../src/tasks/task.ts';
import { stepEvent, taskOf } from '../../test/builders.ts';
import { Recorder } from './recorder.ts';

const HEADER = { preset: 'ci', device: 'auto', config: presetConfig('ci'), seedProgram: null } as const;
const KEPT = { state: { step: 1 }, weights: new Uint8Array(), optimizer: new Uint8Array(), base: null };
const task = taskOf('d1', { step: 1, fingerprint: '1|2' });
const step = (seconds: number, changes: Parameters<typeof stepEvent>[1] = {}) =>
  stepEvent(1, { seconds, ...changes });

function record(events: readonly Event[]): (name: string) => string {
  const folder = mkdtempSync(join(tmpdir(), 'kelvin-'));
  const recorder = new Recorder(folder, HEADER);
  for (const event of events) recorder.take(event);
  recorder.finish(KEPT);
  return (name) => readFileSync(join(folder, name), 'utf8');
}

test('metrics are by kind and do not know the clock', () => {
  const read = record([step(3)]);
  const line = JSON.parse(read('metrics.jsonl'));
  expect(line).toMatchObject({
    step: 1,
    validRate: 0.7,
    thinkShare: { deduction: 0.25 },
    responseLength: { deduction: 7 },
    proposalLength: { deduction: 30 },
    bufferSize: 10,
  });
  expect(record([step(4)])('metrics.jsonl')).toBe(read('metrics.jsonl'));
  expect(JSON.parse(read('timing.jsonl'))).toMatchObject({ step: 1, seconds: 3, tasksPerSecond: 3 });
});

test('lengths are written of every kind', () => {
  const responseLength = Object.fromEntries(
    ALL_KINDS.flatMap((kind, i) => [
      [`solve:${kind}`, i + 1],
      [`propose:${kind}`, 10 * (i + 1)],
    ]),
  );
  const line = JSON.parse(record([step(3, { responseLength })])('metrics.jsonl'));
  const byKind = (times: number) => Object.fromEntries(ALL_KINDS.map((kind, i) => [kind, times * (i + 1)]));
  expect(line.responseLength).toEqual(byKind(1));
  expect(line.proposalLength).toEqual(byKind(10));
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
      type: 'verdicts',
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
      type: 'hacks',
      step: 2,
      role: 'solve',
      hacks: [{ ...common, role: 'solve', hack: 'call', answer: 'f(3)', input: '3', reward: -1 }],
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
  expect(JSON.parse(read('kelvin.json'))).toEqual({
    version: expect.any(String),
    ...HEADER,
    base: null,
    engine,
  });
});
