/**
 * Messages of the sandbox. Two conversations: a client with the pool (over one MessagePort), and the pool
 * with each of its workers. Both are closed unions; nothing else is ever sent.
 */
import type { BellPlan } from './bell.ts';
import type { RunRequest, RunResult, SandboxMode, SandboxStats } from './sandbox.ts';

export interface Progress {
  what: string;
  done: number;
  total: number;
}

/** Client → pool. */
export type ToPool = { type: 'run'; id: number; requests: readonly RunRequest[] } | { type: 'close' };

/** Pool → client. Statistics travel with everything that may have changed them. */
export type FromPool =
  | { type: 'progress'; progress: Progress }
  | { type: 'ready'; stats: SandboxStats }
  | { type: 'failed'; reason: string }
  | { type: 'result'; id: number; results: RunResult[]; stats: SandboxStats }
  | { type: 'rejected'; id: number; reason: string; stats: SandboxStats };

/** A start image of the interpreter, by the hash seed it was made with. */
export interface Snapshots {
  main: Uint8Array | null;
  /** Of the second interpreter with another hash seed, which shows results that depend on set order. */
  twin: Uint8Array | null;
}

/** Pool → worker. */
export type ToWorker =
  | {
      type: 'boot';
      snapshots: Snapshots;
      makeSnapshots: boolean;
      mode: SandboxMode;
      /** Null for none. */
      bell: BellPlan | null;
    }
  /** `batch` is the JSON that `verify` of verifier.py reads. */
  | { type: 'verify'; id: number; batch: string };

/** Worker → pool. */
export type FromWorker =
  | { type: 'ready'; snapshot: Uint8Array | null }
  | { type: 'twin-starting' }
  | { type: 'twin-ready'; snapshot: Uint8Array | null }
  /** `results` is the JSON that `verify` wrote: `[outcome, …]` per request. */
  | { type: 'verified'; id: number; results: string; heapBytes: number }
  | { type: 'crashed'; detail: string }
  /** A program changed something that another could see: nothing of this worker is believed any more. */
  | { type: 'tampered'; detail: string };

/** One outcome as verifier.py writes it: canonical text, or a refusal with its detail. */
export type WireOutcome = string | [refusal: string, detail: string];
