import { describe, expect, test } from 'vitest';
import { metricsPage } from '../../scripts/docs/metrics.ts';
import { taskOf } from '../../test/builders.ts';
import { openRuns } from '../../test/selfplay/scriptedRun.ts';
import { chartsOf } from '../app/charts/definitions.ts';
import { measuresOf } from '../app/experiments/measures.ts';
import { MetricColumns } from '../run/columns.ts';
import { createNodeSandbox } from '../sandbox/node.ts';
import { curvePoint, metricsLine, timingLine } from './metrics/files.ts';
import type { Table } from './metrics/metric.ts';
import { METRICS } from './metrics/table.ts';
import { summarise } from './summary.ts';

const { run } = openRuns(createNodeSandbox);

describe('the lines of a run', () => {
  test('have their fields in this order, on evaluation steps and when a detector fires, too', async () => {
    const made = run();
    await made.play(2);
    made.reasoner.loss = Number.NaN;
    await made.step();
    const always = [
      ...[
        'step',
        'reward',
        'solveRate',
        'solveCounts',
        'proposals',
        'validRate',
        'newTasks',
        'newTaskLines',
        'composed',
      ],
      ...['rejections', 'thinkShare', 'bufferSize', 'bufferByKind', 'fingerprints', 'loss', 'gradNorm'],
      ...['entropy', 'klToBase', 'zeroStdGroups', 'learningRate', 'tokensSampled', 'tokensTrained'],
    ];
    const lengths = ['responseLength', 'proposalLength'];
    const evaluation = ['heldOut', 'heldOutThinks', 'heldOutErrors', 'base', 'baseForced', 'heldOutPassK'];
    expect(made.metrics.map((metrics) => Object.keys(metricsLine(metrics)))).toEqual([
      [...always, ...lengths],
      [...always, ...evaluation, ...lengths],
      [...always, 'detections', ...lengths],
    ]);
    for (const metrics of made.metrics) {
      expect(Object.keys(timingLine(metrics))).toEqual([
        ...['step', 'seconds', 'phaseSeconds', 'tasksPerSecond', 'tokensSampledPerSecond'],
        ...['tokensTrainedPerSecond', 'memory'],
      ]);
    }
  });

  test('of a run without composition have no field for it', async () => {
    const [metrics] = await run({ composition: 0 }).play(1);
    expect(metrics).not.toHaveProperty('composed');
  });
});

test('a metric is one entry: summary, columns, files, charts, curves and docs have it', async () => {
  const table: Table = {
    ...METRICS,
    references: {
      label: 'References',
      unit: 'tasks',
      doc: 'tasks that the proposer was shown, by kind',
      of: ({ conditions, kinds }) =>
        Object.fromEntries(
          kinds.map((kind) => [
            kind,
            conditions.flatMap((condition) => (condition.kind === kind ? condition.references : [])).length,
          ]),
        ),
      by: 'kind',
      chart: { panel: 'policy', meaning: 'Tasks shown.', healthy: 'Steady.', otherwise: 'Look why.' },
      curve: true,
      measure: 'Proposals',
    },
  };
  const made = run();
  await made.step();
  const [record] = made.records;
  if (!record) throw new Error('The run has ended.');
  const metrics = summarise(record, made.config, table);
  const references = {
    deduction: expect.any(Number),
    abduction: expect.any(Number),
    induction: expect.any(Number),
  };
  expect(metrics).toMatchObject({ references });

  const columns = new MetricColumns(table);
  columns.append(metrics);
  expect(columns.get('references:deduction')).toEqual([expect.any(Number)]);

  expect(metricsLine(metrics, table)).toMatchObject({ references });
  expect(timingLine(metrics, table)).not.toHaveProperty('references');
  expect(curvePoint(metrics, table)).toMatchObject({ references });

  const chart = chartsOf(table).find(({ key }) => key === 'references');
  expect(chart).toMatchObject({ panel: 'policy', text: { title: 'References', meaning: 'Tasks shown.' } });
  expect(chart?.columns).toContain('references:deduction');

  const measure = measuresOf(table).find(({ id }) => id === 'references-abduction');
  expect(measure?.of(curvePoint(metrics, table))).toBe(columns.get('references:abduction')[0]);
  expect(measure?.ofColumns?.(columns, 0)).toBe(columns.get('references:abduction')[0]);

  const marks = ['metrics.jsonl', 'timing.jsonl'].map((file) => `<!-- ${file}, made -->\n<!-- end -->\n`);
  expect(metricsPage(marks.join(''), table)).toContain(
    '| `references` | tasks that the proposer was shown, by kind | tasks |',
  );
});

test('new tasks are counted by the lines of their programs, those that lend theirs left out', async () => {
  const made = run();
  await made.step();
  const [record] = made.records;
  if (!record) throw new Error('The run has ended.');
  const added = [
    taskOf('a', { program: 'def f(x):\n    return x + 1' }),
    taskOf('b', { program: 'def f(x):\n    y = x\n    return y + 1', kind: 'abduction' }),
    taskOf('c', { program: 'def f(x):\n    y = 2 * x\n    return y' }),
    taskOf('d', { program: 'def f(x):\n    return x + 1', kind: 'induction' }),
  ];
  expect(summarise({ ...record, added }, made.config).newTaskLines).toEqual({ 0: 1, 1: 2 });
  expect(summarise({ ...record, added: [] }, made.config)).not.toHaveProperty('newTaskLines');
});

test('the table names every column that a chart draws', async () => {
  const made = run({ error: true });
  const columns = new MetricColumns();
  for (const metrics of await made.play(2)) columns.append(metrics);
  const drawn = chartsOf(METRICS).flatMap((chart) => chart.columns);
  expect(drawn.filter((name) => columns.get(name).length === 0)).toEqual([]);
});
