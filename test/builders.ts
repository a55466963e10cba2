/** The records that tests are made of, with plain values where a test does not care. */
import type { Event } from '../src/run/protocol.ts';
import { NO_STATS } from '../src/sandbox/sandbox.ts';
import type { Task } from '../src/tasks/task.ts';
import type { StepMetrics } from '../src/watch/metrics/table.ts';

/** A deduction that nobody has attempted; its I/O fingerprint is its own. */
export function taskOf(id: string, over: Partial<Task> = {}): Task {
  return {
    id,
    kind: 'deduction',
    program: 'def f(x):\n    return x + 1',
    input: '1',
    output: '2',
    step: 0,
    parents: [],
    fingerprint: id,
    solveRate: null,
    ...over,
  };
}

/** Metrics of a step in which all is well, two seconds after the one before. */
export function metricsOf(step: number, over: Partial<StepMetrics> = {}): StepMetrics {
  return {
    step,
    seconds: step * 2,
    reward: { 'solve:deduction': 0.5 },
    solveRate: { deduction: 0.75 },
    solveCounts: [1, 0, 2],
    proposals: 3,
    validRate: 0.7,
    newTasks: 2,
    rejections: {},
    thinkShare: { deduction: 0.25 },
    responseLength: { 'solve:deduction': 7, 'propose:deduction': 30 },
    bufferSize: 10,
    bufferByKind: { deduction: 4, abduction: 3, induction: 3 },
    fingerprints: 8,
    loss: 1,
    gradNorm: 1,
    entropy: 1,
    klToBase: { propose: 0.01, solve: 0.02 },
    zeroStdGroups: 0,
    learningRate: 0.001,
    tokensSampled: 10,
    tokensTrained: 10,
    tasksPerSecond: 3,
    tokensSampledPerSecond: 100,
    tokensTrainedPerSecond: 200,
    phaseSeconds: { propose: 1, verify: 1, attempt: 1, judge: 1, update: 1 },
    memory: { tensors: 5, bytes: 100 },
    ...over,
  };
}

/** What the sandbox says of itself after a few runs. */
const SANDBOX_REPORT = {
  ...NO_STATS,
  workers: 2,
  ready: 3,
  runs: 5,
  startMs: 3000,
  firstVerdictMs: 4000,
  busyMs: 10,
};

/** The event that tells of a step. */
export function stepEvent(step: number, over: Partial<StepMetrics> = {}): Event & { type: 'step' } {
  return {
    type: 'step',
    metrics: metricsOf(step, over),
    sandbox: SANDBOX_REPORT,
  };
}
