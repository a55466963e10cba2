/** Small runs of the scripted reasoner, which keep what they told. */
import { afterAll, beforeAll } from 'vitest';
import { type Config, DEFAULTS } from '../../src/config/hyperparameters.ts';
import { isHeldOut } from '../../src/language/heldOut.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import type { LoopEvent } from '../../src/selfplay/events.ts';
import { play } from '../../src/selfplay/play.ts';
import type { StepRecord } from '../../src/selfplay/records.ts';
import type { Buffers } from '../../src/selfplay/references.ts';
import type { SavedRun } from '../../src/selfplay/savedRun.ts';
import type { Task } from '../../src/tasks/task.ts';
import type { WatchEvent } from '../../src/watch/events.ts';
import type { StepMetrics } from '../../src/watch/metrics/table.ts';
import { Watch } from '../../src/watch/watch.ts';
import { ScriptedReasoner } from './scriptedReasoner.ts';

export const SMALL: Config = {
  ...DEFAULTS,
  steps: 4,
  proposalsPerKind: 8,
  bufferTasksPerKind: 3,
  attemptsPerTask: 4,
  seedingTarget: 12,
  evaluateEvery: 2,
  evaluationTasks: 2,
  passK: 2,
};

/** Whether a program that the scripted reasoner wrote acts like one of the test set. */
export function isOfTestSet({ programs }: ScriptedReasoner, text: string): boolean {
  const fingerprint = programs.get(text)?.fingerprint;
  return fingerprint !== undefined && isHeldOut(fingerprint);
}

/** A sandbox that is open while the tests of the calling file run, and runs that it judges. */
export function openRuns(create: () => Promise<Sandbox>) {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await create();
  }, 120_000);
  afterAll(() => sandbox?.close());
  return {
    sandbox: () => sandbox,
    run: (changes: Partial<Config> = {}, seedPrograms: string | null = null, from: SavedRun | null = null) =>
      new ScriptedRun(sandbox, changes, seedPrograms, from),
  };
}

/** The event as it is now; records go on changing, and what takes a person's task is no data. */
function copyOf(event: LoopEvent): LoopEvent {
  switch (event.type) {
    case 'phase':
      return { ...event, record: { ...event.record } };
    case 'step':
      return { ...event };
    default:
      return structuredClone(event);
  }
}

/** A run of the scripted reasoner, step by step. */
export class ScriptedRun {
  readonly config: Config;
  readonly reasoner = new ScriptedReasoner();
  readonly records: StepRecord[] = [];
  readonly metrics: StepMetrics[] = [];
  /** Calls of the sampler before the first step: evaluation of the base and seeding. */
  samplesBefore = 0;
  private readonly events: LoopEvent[] = [];
  private readonly shown: WatchEvent[] = [];
  private readonly steps: AsyncGenerator<StepRecord, void>;

  constructor(
    sandbox: Sandbox,
    changes: Partial<Config>,
    seedPrograms: string | null = null,
    from: SavedRun | null = null,
    // As on the page.
    quickEvaluations = true,
  ) {
    this.config = { ...SMALL, ...changes };
    const { config, reasoner } = this;
    const watch = new Watch(config);
    const listener = (event: LoopEvent) => {
      if (event.type === 'step' && event.step === 1) this.samplesBefore = reasoner.samples.length;
      this.events.push(copyOf(event));
      this.shown.push(...structuredClone(watch.hear(event)));
    };
    this.steps = play({ reasoner, sandbox, config, listener, seedPrograms, from, quickEvaluations });
    this.measure = (record) => watch.measure(record);
  }

  private readonly measure: (record: StepRecord) => StepMetrics;

  /** Plays one more step; null after the last. */
  async step(): Promise<StepMetrics | null> {
    const next = await this.steps.next();
    if (next.done) return null;
    this.records.push(next.value);
    const metrics = this.measure(next.value);
    this.metrics.push(metrics);
    return metrics;
  }

  /** Plays `count` more steps and returns the metrics of all so far. Throws when the run ends before. */
  async play(count: number): Promise<StepMetrics[]> {
    for (let i = 0; i < count; i++) if (!(await this.step())) throw new Error('The run has ended.');
    return this.metrics;
  }

  /** What the loop told of a type so far. */
  of<T extends LoopEvent['type']>(type: T) {
    return this.events.filter((event): event is Extract<LoopEvent, { type: T }> => event.type === type);
  }

  /** What the page was shown of a type so far. */
  shownOf<T extends WatchEvent['type']>(type: T) {
    return this.shown.filter((event): event is Extract<WatchEvent, { type: T }> => event.type === type);
  }

  get buffers(): Buffers {
    const last = this.of('phase').at(-1);
    if (!last) throw new Error('The run has not begun.');
    return last.record.buffers;
  }

  /** All tasks of all buffers, as they are now. */
  get buffered(): Task[] {
    return Object.values(this.buffers).flatMap((buffer) => [...buffer.tasks]);
  }
}
