/**
 * The one table of metrics, in the order of metrics.jsonl. Adding a metric is adding an entry to the file of its
 * subject: the step's summary, the page's columns and charts, the run's files, the curves that experiments keep and
 * `docs/metrics.md` (`npm run docs`) come from here.
 */
import type { Detection } from '../findings.ts';
import { BUFFERS } from './buffers.ts';
import { HELD_OUT } from './heldOut.ts';
import { MACHINE } from './machine.ts';
import { PROPOSALS } from './proposals.ts';
import { RESPONSES } from './responses.ts';
import { REWARDS } from './rewards.ts';
import { UPDATE } from './update.ts';

export const METRICS = {
  ...REWARDS,
  ...PROPOSALS,
  ...RESPONSES,
  ...BUFFERS,
  ...UPDATE,
  ...MACHINE,
  ...HELD_OUT,
};

type Entries = typeof METRICS;
type ValueOf<K extends keyof Entries> = ReturnType<Entries[K]['of']>;
type Always = { [K in keyof Entries as undefined extends ValueOf<K> ? never : K]: ValueOf<K> };
type Sometimes = {
  [K in keyof Entries as undefined extends ValueOf<K> ? K : never]?: Exclude<ValueOf<K>, undefined>;
};

/** One step of self-play in numbers: a value of every metric that was measured in it. */
export interface StepMetrics extends Always, Sometimes {
  step: number;
  /** Since the run began, pauses excluded. */
  seconds: number;
  /** On steps at which a detector fired. */
  detections?: Detection[];
}

type CurveKey = { [K in keyof Entries]: Entries[K] extends { curve: true } ? K : never }[keyof Entries];

/** What experiments keep of a step. */
export type CurvePoint = Pick<StepMetrics, 'step' | 'seconds' | CurveKey>;
