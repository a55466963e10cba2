/** The numbers of one step, from its record. */
import type { Config } from '../config/hyperparameters.ts';
import type { StepRecord } from '../selfplay/records.ts';
import { TOKENS, type Wording } from '../tasks/wording.ts';
import type { Table } from './metrics/metric.ts';
import { METRICS, type StepMetrics } from './metrics/table.ts';
import { viewOf } from './metrics/view.ts';

/** A finished step as it is drawn and written. Throws when it was not updated: it is not finished then. */
export function summarise(
  record: StepRecord,
  config: Config,
  table: Table = METRICS,
  wording: Wording = TOKENS,
): StepMetrics {
  const view = viewOf(record, config, wording);
  const measured = Object.entries(table).flatMap(([key, { of }]) => {
    const value = of(view);
    return value === undefined ? [] : [[key, value]];
  });
  return { step: record.step, seconds: record.seconds, ...Object.fromEntries(measured) };
}
