/** What a run leaves behind, as files other tools read. */
import type { MetricColumns } from './columns.ts';
import type { TaskBook } from './taskBook.ts';

/** One task a line, in the fields of the headless lab's `tasks.jsonl`. */
export function tasksJsonl(book: TaskBook): string {
  return book
    .all()
    .map(({ id, kind, program, input, output, examples, step, parents, solveRate }) =>
      JSON.stringify({ id, kind, program, input, output, examples, step, parents, solveRate }),
    )
    .join('\n');
}

/** One step a row, one metric a column; what was not measured is left empty. */
export function metricsCsv(columns: MetricColumns): string {
  const names = columns.names();
  const rows = columns.steps.map((step, at) =>
    [step, columns.seconds[at], ...names.map((name) => columns.get(name)[at] ?? '')].join(','),
  );
  return [['step', 'seconds', ...names].join(','), ...rows].join('\n');
}
