import { expect, test } from 'vitest';
import type { StepMetrics } from '../watch/metrics.ts';
import { MetricColumns } from './columns.ts';
import { metricsCsv, tasksJsonl } from './exports.ts';
import { TaskBook } from './taskBook.ts';

test('metrics are a table with empty cells where nothing was measured', () => {
  const columns = new MetricColumns();
  const base = { solveRate: {}, thinkShare: {}, responseLength: {}, phaseSeconds: {}, bufferByKind: {} };
  const throughput = { tasksPerSecond: 2, tokensSampledPerSecond: 3, tokensTrainedPerSecond: 4 };
  for (const [step, reward] of [
    [1, {}],
    [2, { 'solve:deduction': 0.5 }],
  ] as const) {
    const metrics = { ...base, step, seconds: step * 2, reward, memory: { tensors: 1, bytes: 8 } };
    columns.append(metrics as unknown as StepMetrics, throughput);
  }
  const [head, first, second] = metricsCsv(columns)
    .split('\n')
    .map((row) => row.split(','));
  const at = head?.indexOf('reward:solve:deduction') as number;
  expect(head?.slice(0, 2)).toEqual(['step', 'seconds']);
  expect([first?.[0], first?.[at], second?.[1], second?.[at]]).toEqual(['1', '', '4', '0.5']);
});

test('tasks are one JSON object a line', () => {
  const book = new TaskBook();
  const task = {
    id: 'a',
    kind: 'deduction' as const,
    program: 'def f(x):\n    return x',
    input: '1',
    output: '1',
    step: 0,
    parents: [],
    behaviour: 'secret',
    solveRate: null,
  };
  book.apply({ added: [task, { ...task, id: 'b' }], updated: [], evicted: [] });
  const lines = tasksJsonl(book).split('\n');
  expect(lines.map((line) => JSON.parse(line).id)).toEqual(['a', 'b']);
  expect(lines[0]).not.toContain('secret');
});
