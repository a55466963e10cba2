/**
 * Everything the page and the trainer worker say to each other. Two discriminated unions; both ends switch
 * exhaustively. The sandbox workers have their own protocol (`sandbox/protocol.ts`).
 */
import type { Config } from '../config/hyperparameters.ts';
import type { SandboxStats } from '../sandbox/sandbox.ts';
import type { Attempt } from '../tasks/task.ts';
import type { WatchEvent } from '../watch/events.ts';
import type { StepMetrics } from '../watch/metrics/table.ts';
import type { Answer, Question } from './visit.ts';

export type Device = 'auto' | 'webgpu' | 'wasm' | 'cpu';

export type Command =
  /**
   * First message; `sandboxPort` speaks `sandbox/protocol.ts` to the pool on the page, which began to load at
   * `sandboxOpenedAt` (milliseconds since 1970).
   */
  | { type: 'connect'; sandboxPort: MessagePort; sandboxOpenedAt: number; assetBase: string }
  /** Loads what a run of this configuration begins with. Nothing while there is a run. */
  | { type: 'prepare'; config: Config; device: Device }
  /**
   * Prepares (engine, base or warm-up, seeding) and runs until `steps`; a running run is replaced. A kept run is gone on
   * with: `earlier` are the metrics of its steps.
   */
  | {
      type: 'start';
      config: Config;
      device: Device;
      seedProgram: string | null;
      paused: boolean;
      /** The step after which it pauses of itself. */
      stopAfter: number | null;
      /** Milliseconds after which the run is told `kept` again between two steps, and after the last; null for when it is asked. */
      keepEvery: number | null;
      from: KeptRun | null;
      earlier: readonly StepMetrics[];
    }
  | { type: 'pause' }
  | { type: 'resume' }
  /** Runs exactly one step, then pauses. */
  | { type: 'step' }
  | { type: 'reset' }
  /** Stretches every step so that a class can follow one task; 0 = off, else seconds a stage is shown. */
  | { type: 'slow-motion'; secondsPerStage: number }
  | { type: 'task-details'; id: string }
  | { type: 'export-checkpoint' }
  /** Asks for the run as it is between two steps. */
  | { type: 'keep' }
  /**
   * A visitor's question beside the run, answered under its number as soon as the reasoner is free. Where there is no
   * run, `seat` says who is asked.
   */
  | { type: 'ask'; id: number; question: Question; seat: Seat | null };

/** Who answers a visitor where no run goes on: the base of a configuration, or the reasoner of a kept run. */
export interface Seat {
  config: Config;
  device: Device;
  /** Of a kept run that is shown: whoever had the same name last still sits there, and needs no `run`. Null for the base. */
  kept: { name: string; step: number; run: KeptRun | null } | null;
}

/** A run between two steps, as it is kept. */
export interface KeptRun {
  /** Steps taken, 0 for a run that is to begin from `base`; what else is in it, as JSON, the loop alone knows. */
  state: { readonly step: number };
  /** The current weights and the optimizer's moments, as safetensors. */
  weights: Uint8Array;
  optimizer: Uint8Array;
  /** The base, where it was warmed up in the tab or brought in: nobody else has it. */
  base: Uint8Array | null;
}

/** A run that is to begin from a base. */
export function runFrom(base: Uint8Array): KeptRun {
  return { state: { step: 0 }, weights: base, optimizer: new Uint8Array(), base };
}

export type RunState =
  | 'idle'
  | 'loading' // engine, sandbox, base
  | 'warming-up'
  | 'seeding'
  | 'running'
  | 'paused'
  | 'finished'
  | 'failed';

/** What is loaded before a run. */
export const PREPARED_PARTS = ['python', 'engine', 'base'] as const;
export type PreparedPart = (typeof PREPARED_PARTS)[number];

export interface Progress {
  what:
    | 'engine'
    | 'shaders'
    | 'pyodide'
    | 'base'
    | 'warm-up'
    | 'seeding'
    | 'evaluation'
    | 'propose'
    | 'attempt';
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
    | 'part-missing' // of the page, which the connection did not bring
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

/** The sandbox's statistics: `runs`, `respawned` and `busyMs` of this run, the rest as it is now. */
export interface SandboxReport extends SandboxStats {
  /** Milliseconds from the page's call, download included, to the first verdict; null before it. */
  firstVerdictMs: number | null;
  /** Milliseconds during which there was something to judge. */
  busyMs: number;
}

/** What a run tells of itself beside what is watched of its self-play. */
type RunEvent =
  /** Before a run: what is loaded for it by now, and what could not be. */
  | { type: 'prepared'; ready: readonly PreparedPart[]; failed: readonly PreparedPart[] }
  | { type: 'engine'; backend: 'webgpu' | 'wasm' | 'cpu'; device: string; parameters: number }
  | { type: 'state'; state: RunState }
  | { type: 'progress'; progress: Progress | null }
  | { type: 'warm-up'; point: WarmUpPoint }
  | { type: 'step'; metrics: StepMetrics; sandbox: SandboxReport }
  /** Between the steps, a few times a second while programs are judged. */
  | { type: 'sandbox'; sandbox: SandboxReport }
  | { type: 'task-details'; id: string; attempts: Attempt[] }
  | { type: 'checkpoint'; bytes: Uint8Array }
  /**
   * Null before the first step has ended: then there is nothing that a new start would not give. Only a base that was
   * warmed up is told as soon as it is there, where runs are kept.
   */
  | { type: 'kept'; run: KeptRun | null }
  /** To a visitor's question; a problem is a plain sentence. */
  | { type: 'answered'; id: number; answer: Answer }
  | { type: 'unanswered'; id: number; problem: string }
  | { type: 'fault'; fault: Fault };

/** Of the base, the page also learns the name and the SHA-256 of its file; null where nothing can say it. */
type NamedBase = Extract<WatchEvent, { type: 'base' }> & { name: string; sha256?: string | null };

export type Event = RunEvent | Exclude<WatchEvent, { type: 'base' }> | NamedBase;
