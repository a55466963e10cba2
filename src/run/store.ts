/**
 * What the page knows of the run. The trainer's events are reduced into one zustand store; big collections
 * (metrics, tasks) are changed in place and wrapped in a new object with a higher revision, so that a view
 * wakes up only for the slice it selects.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SuiteScores } from '../benchmark/scores.ts';
import type { Config } from '../config/hyperparameters.ts';
import type { Rejection } from '../tasks/kind.ts';
import type { TaskKind } from '../tasks/task.ts';
import type { CurrentTask, LadderExample, Phase } from '../watch/events.ts';
import type { Detection } from '../watch/findings.ts';
import type { StepMetrics } from '../watch/metrics/table.ts';
import { MetricColumns } from './columns.ts';
import { type LookBack, NOTHING_SHOWN, withStage } from './lookBack.ts';
import type {
  Event,
  Fault,
  PreparedPart,
  Progress,
  RunState,
  SandboxReport,
  WarmUpPoint,
} from './protocol.ts';
import { TaskBook } from './taskBook.ts';
import { addHacks, addVerdicts, NO_VERDICTS, type VerdictLog } from './verdictLog.ts';

/** Refused proposals the page remembers, newest first. */
const REFUSED_KEPT = 60;

interface RefusedProposal {
  step: number;
  kind: TaskKind;
  rejection: Rejection;
  text: string;
  detail: string;
}

export interface BaseScores {
  name: string;
  scores: SuiteScores;
  forced: SuiteScores;
  thinks: Partial<Record<TaskKind, number>>;
  /** Shipped with the base, or measured here. */
  from: 'shipped' | 'measured';
}

export interface RunView {
  state: RunState;
  /** What runs or ran last; null before the first start. */
  config: Config | null;
  engine: { backend: 'webgpu' | 'wasm' | 'cpu'; device: string; parameters: number } | null;
  progress: Progress | null;
  /** What is loaded ahead of a start. */
  prepared: readonly PreparedPart[];
  /** Announced and not yet dismissed; at most one of a code. */
  notices: readonly Fault[];
  fatal: Fault | null;
  /** The stage that is lit; null outside a step. */
  stage: Phase | null;
  /** The step in progress or the last one; 0 while seeding. */
  step: number;
  /** The task in currentTask, as far as this step has come with it. */
  currentTask: CurrentTask | null;
  /** The latest task that went all the way to its judgement, and the step it did so in. */
  judged: { step: number; currentTask: CurrentTask } | null;
  /** What was shown of this step, for who looks back. */
  lookBack: LookBack;
  metrics: { revision: number; columns: MetricColumns; last: StepMetrics | null };
  /** What the detectors saw, oldest first. */
  detections: readonly Detection[];
  sandbox: SandboxReport | null;
  base: BaseScores | null;
  /** Held-out programs of every length with their answers, of the latest evaluation, before that of the base alone; null before the first step. */
  ladder: { step: number; examples: readonly LadderExample[] } | null;
  warmUp: readonly WarmUpPoint[];
  tasks: { revision: number; book: TaskBook };
  /** Tasks that people wrote and put into the buffer of the run. */
  byHand: number;
  refused: { totals: Partial<Record<Rejection, number>>; recent: readonly RefusedProposal[] };
  verdicts: VerdictLog;
}

export type RunStore = StoreApi<RunView>;

export function createRunStore(): RunStore {
  return createStore<RunView>(() => emptyView(null));
}

const WORKING: ReadonlySet<RunState> = new Set(['loading', 'warming-up', 'seeding', 'running']);

/** Whether there is no run that could go on: none yet, or one that has ended. */
export function isResting({ state }: Pick<RunView, 'state'>): boolean {
  return state === 'idle' || state === 'finished' || state === 'failed';
}

/** Whether something is computed for a run that somebody started. */
export function isWorking({ state }: Pick<RunView, 'state'>): boolean {
  return WORKING.has(state);
}

/** The view before anything has happened. */
export function emptyView(config: Config | null): RunView {
  return {
    state: 'idle',
    config,
    engine: null,
    progress: null,
    prepared: [],
    notices: [],
    fatal: null,
    stage: null,
    step: 0,
    currentTask: null,
    judged: null,
    lookBack: NOTHING_SHOWN,
    metrics: { revision: 0, columns: new MetricColumns(), last: null },
    detections: [],
    sandbox: null,
    base: null,
    ladder: null,
    warmUp: [],
    tasks: { revision: 0, book: new TaskBook() },
    byHand: 0,
    refused: { totals: {}, recent: [] },
    verdicts: NO_VERDICTS,
  };
}

/** Takes a batch of events into the store with one notification. */
export function applyEvents(store: RunStore, events: readonly Event[]): void {
  if (events.length === 0) return;
  let view = store.getState();
  for (const event of events) view = reduce(view, event);
  store.setState(view, true);
}

/** The view after one event. */
function reduce(view: RunView, event: Event): RunView {
  switch (event.type) {
    case 'prepared':
      return { ...view, prepared: event.ready };
    case 'engine':
      return {
        ...view,
        engine: { backend: event.backend, device: event.device, parameters: event.parameters },
      };
    case 'state':
      return reduceState(view, event.state);
    case 'progress':
      return { ...view, progress: event.progress };
    case 'stage':
      return reduceStage(view, event.step, event.stage, event.currentTask);
    case 'warm-up':
      return { ...view, warmUp: [...view.warmUp, event.point] };
    case 'base':
      return {
        ...view,
        base: {
          name: event.name,
          scores: event.scores,
          forced: event.forced,
          thinks: event.thinks,
          from: event.from,
        },
      };
    case 'ladder':
      return { ...view, ladder: { step: event.step, examples: event.examples } };
    case 'tasks':
      view.tasks.book.apply(event);
      return {
        ...view,
        tasks: touched(view.tasks),
        byHand: view.byHand + event.added.filter((task) => task.byHand).length,
      };
    case 'attempts':
      view.tasks.book.addAttempts(event.attempts);
      return { ...view, tasks: touched(view.tasks) };
    case 'task-details':
      // The trainer forgets old attempts before the page may have to.
      if (event.attempts.length > 0) view.tasks.book.setAttempts(event.id, event.attempts);
      return { ...view, tasks: touched(view.tasks) };
    case 'rejected':
      return reduceRejected(view, event);
    case 'verdicts':
      return { ...view, verdicts: addVerdicts(view.verdicts, event) };
    case 'hacks':
      return { ...view, verdicts: addHacks(view.verdicts, event) };
    case 'sandbox':
      return { ...view, sandbox: event.sandbox };
    case 'step':
      view.metrics.columns.append(event.metrics);
      return {
        ...view,
        step: event.metrics.step,
        metrics: { ...touched(view.metrics), last: event.metrics },
        detections: event.metrics.detections
          ? [...view.detections, ...event.metrics.detections]
          : view.detections,
        sandbox: event.sandbox,
      };
    case 'fault':
      return reduceFault(view, event.fault);
    case 'checkpoint':
    case 'kept':
    case 'answered':
    case 'unanswered':
      return view;
  }
}

function touched<T extends { revision: number }>(slice: T): T {
  return { ...slice, revision: slice.revision + 1 };
}

function reduceState(view: RunView, state: RunState): RunView {
  const isPreparing = state === 'loading' || state === 'warming-up' || state === 'seeding';
  const isWorking = state === 'running' || state === 'seeding' || state === 'paused';
  return {
    ...view,
    state,
    stage: isWorking ? view.stage : null,
    // Who goes on sees the run as it is.
    lookBack: state === 'paused' || view.state !== 'paused' ? view.lookBack : { ...view.lookBack, at: null },
    // Whatever was being prepared is ready once steps are taken.
    progress: isPreparing || state === 'paused' ? view.progress : null,
  };
}

function reduceStage(view: RunView, step: number, stage: Phase, currentTask: CurrentTask | null): RunView {
  // Where a step has nothing to carry on with (no valid proposal), what was shown last stays.
  const next = currentTask ?? view.currentTask;
  const isJudged = (stage === 'judge' || stage === 'update') && currentTask?.attempts !== undefined;
  return {
    ...view,
    step,
    stage,
    currentTask: next,
    judged: isJudged ? { step, currentTask } : view.judged,
    lookBack: withStage(view.lookBack, step, { stage, currentTask: next }),
  };
}

function reduceRejected(view: RunView, refused: RefusedProposal): RunView {
  const { step, kind, rejection, text, detail } = refused;
  const totals = { ...view.refused.totals, [rejection]: (view.refused.totals[rejection] ?? 0) + 1 };
  const recent = [{ step, kind, rejection, text, detail }, ...view.refused.recent].slice(0, REFUSED_KEPT);
  return { ...view, refused: { totals, recent } };
}

function reduceFault(view: RunView, fault: Fault): RunView {
  if (fault.fatal) return { ...view, fatal: fault, state: 'failed', progress: null, stage: null };
  return { ...view, notices: [...view.notices.filter(({ code }) => code !== fault.code), fault] };
}
