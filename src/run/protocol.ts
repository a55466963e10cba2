/**
 * Everything the page and the trainer worker say to each other. Two discriminated unions; both ends switch
 * exhaustively. The sandbox workers have their own protocol (`sandbox/protocol.ts`).
 */
import type { Config } from '../config/hyperparameters.ts';
import type { SandboxStats } from '../sandbox/sandbox.ts';
import type {
  BlockedAttempt,
  Rejection,
  RulingCounts,
  StepMetrics,
  SuiteScores,
  TrickAttempt,
} from '../selfplay/metrics.ts';
import type { Attempt, Role, Task, TaskKind, Verdict } from '../tasks/task.ts';

export type Device = 'auto' | 'webgpu' | 'wasm' | 'cpu';

export type Command =
  /**
   * First message; `sandboxPort` speaks `sandbox/protocol.ts` to the pool on the page, which began to load at
   * `sandboxOpenedAt` (milliseconds since 1970).
   */
  | { type: 'connect'; sandboxPort: MessagePort; sandboxOpenedAt: number; assetBase: string }
  /** Prepares (engine, base or warm-up, seeding) and runs until `steps`; a running run is replaced. */
  | { type: 'start'; config: Config; device: Device; seedProgram: string | null; paused: boolean }
  | { type: 'pause' }
  | { type: 'resume' }
  /** Runs exactly one step, then pauses. */
  | { type: 'step' }
  | { type: 'reset' }
  /** Stretches every step so that a class can follow one task; 0 = off, else seconds a stage is shown. */
  | { type: 'slow-motion'; secondsPerStage: number }
  | { type: 'task-details'; id: string }
  | { type: 'export-checkpoint' };

export type RunState =
  | 'idle'
  | 'loading' // engine, sandbox, base
  | 'warming-up'
  | 'seeding'
  | 'running'
  | 'paused'
  | 'finished'
  | 'failed';

export type Stage = 'propose' | 'verify' | 'attempt' | 'judge' | 'update' | 'evaluate';

/** The one task the diagram shows while a stage is lit: a real one from this very step. */
export interface TaskInHand {
  kind: TaskKind;
  /** Set while proposing: the references' programs. */
  references?: string[];
  program?: string;
  input?: string;
  output?: string;
  rejection?: Rejection;
  /** Attempts as they were written, before they are judged. */
  responses?: string[];
  attempts?: { response: string; answer: string | null; thinks: boolean; verdict: Verdict; reward: number }[];
  solveRate?: number;
  proposerReward?: number;
}

export interface Progress {
  what: 'engine' | 'shaders' | 'pyodide' | 'base' | 'warm-up' | 'seeding' | 'evaluation';
  /** Plain words, e.g. "Compiling shaders". */
  label: string;
  done: number;
  total: number;
  /** Seconds left, null while unknown. */
  secondsLeft: number | null;
}

export interface Fault {
  code:
    | 'no-webgpu' // announced fall-back, not fatal
    | 'seed-refused' // the user's program cannot be the seed; not fatal
    | 'no-engine'
    | 'device-lost'
    | 'device-recovered' // opened again, not fatal
    | 'gpu-error'
    | 'out-of-memory'
    | 'pyodide-failed'
    | 'sandbox-worker-died'
    | 'base-failed'
    | 'trainer-died'
    | 'diverged'; // NaN
  /** One plain sentence: what happened. */
  message: string;
  /** One plain sentence: what to do now. */
  remedy: string;
  fatal: boolean;
}

export interface WarmUpPoint {
  update: number;
  updates: number;
  loss: number;
  tokens: number;
  seconds: number;
}

export interface Throughput {
  tasksPerSecond: number;
  tokensSampledPerSecond: number;
  tokensTrainedPerSecond: number;
}

/** The sandbox's statistics: `runs`, `respawned` and `busyMs` of this run, the rest as it is now. */
export interface SandboxReport extends SandboxStats {
  /** Milliseconds from the page's call, download included, to the first verdict; null before it. */
  firstVerdictMs: number | null;
  /** Milliseconds during which there was something to judge. */
  busyMs: number;
}

export type Event =
  | { type: 'engine'; backend: 'webgpu' | 'wasm' | 'cpu'; device: string; parameters: number }
  | { type: 'state'; state: RunState }
  | { type: 'progress'; progress: Progress | null }
  | { type: 'stage'; step: number; stage: Stage; hand: TaskInHand | null }
  | { type: 'warm-up'; point: WarmUpPoint }
  | {
      type: 'base';
      name: string;
      scores: SuiteScores;
      forced: SuiteScores;
      thinks: Partial<Record<TaskKind, number>>;
    }
  /** Tasks that entered the buffer or whose solve rate changed. */
  | { type: 'tasks'; added: Task[]; updated: { id: string; solveRate: number }[]; evicted: string[] }
  /** Attempts of this step (all of them; the page keeps what it shows). */
  | { type: 'attempts'; attempts: Attempt[] }
  | { type: 'rejected'; step: number; kind: TaskKind; rejection: Rejection; text: string; detail: string }
  /** What the sandbox said of all proposals or all answers of a step that it ran. */
  | { type: 'rulings'; step: number; role: Role; counts: RulingCounts; blocked: BlockedAttempt[] }
  /** Answers or proposals of a step that are shaped to fool the judge; only when there are any. */
  | { type: 'tricks'; step: number; role: Role; tricks: TrickAttempt[] }
  | { type: 'step'; metrics: StepMetrics; throughput: Throughput; sandbox: SandboxReport }
  /** Between the steps, a few times a second while programs are judged. */
  | { type: 'sandbox'; sandbox: SandboxReport }
  | { type: 'task-details'; id: string; attempts: Attempt[] }
  | { type: 'checkpoint'; bytes: Uint8Array }
  | { type: 'fault'; fault: Fault };
