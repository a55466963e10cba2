import { expect, test } from 'vitest';
import { metricsOf, taskOf } from '../../test/builders.ts';
import { MetricColumns } from './columns.ts';
import { metricsCsv, tasksJsonl } from './exports.ts';
import { TaskBook } from './taskBook.ts';

test('metrics are a table with empty cells where nothing was measured', () => {
  const columns = new MetricColumns();
  for (const [step, reward] of [
    [1, {}],
    [2, { 'solve:deduction': 0.5 }],
  ] as const) {
    columns.append(metricsOf(step, { reward }));
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
  const added = ['a', 'b'].map((id) => taskOf(id, { fingerprint: 'secret' }));
  book.apply({ added, updated: [], evicted: [] });
  const lines = tasksJsonl(book).split('\n');
  expect(lines.map((line) => JSON.parse(line).id)).toEqual(['a', 'b']);
  expect(lines[0]).not.toContain('secret');
});
