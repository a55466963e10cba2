/**
 * What the rest of Kelvin knows of the sandbox: programs go in, outcomes come back, nothing else.
 * Real CPython (Pyodide) stands behind it, in workers on the page or in Node for tests and tools.
 */

/** Why a program, or one run of it, was not accepted. A closed set: each is counted and shown. */
export type Refusal =
  | 'syntax' // does not parse, or is not one function f
  | 'forbidden' // parses, but uses what the allow-list does not permit
  | 'input' // the input is not a literal, or does not fit the parameters
  | 'error' // raised an exception
  | 'budget' // ran out of its step budget
  | 'timeout' // had to be killed by the clock
  | 'memory' // ran out of its memory allowance
  | 'output' // returned something that is not a literal, or is too large
  | 'nondeterministic'; // two fresh runs differ

/**
 * How much of the verifier stands. The lab runs `strict`; the others are for suites made elsewhere and for tests.
 */
export type SandboxMode =
  /** One function `f` made of what the allow-list permits, under the limits of a task. */
  | 'strict'
  /** The same allow-list for whole modules (several functions, constants), with room for larger work. */
  | 'suite'
  /** No allow-list: all of Python and its deterministic standard library, with room for larger work. */
  | 'stdlib'
  /** Tests: `strict` without the allow-list, so that the layers behind it are tested on their own. */
  | 'unfiltered'
  /** Tests: every layer inside Python is off; only the walls around the interpreter stand. */
  | 'bare';

export interface RunRequest {
  /** Python source with exactly one top-level function `f`. */
  program: string;
  /** Argument texts, e.g. `5` or `3, "a"` or `` for no argument: literals, parsed and never evaluated. */
  inputs: readonly string[];
  /** Fresh namespaces each input is run in, 1 to 4: from 2 on determinism is checked (paper §3.3.3, j = 2). */
  runs: number;
  /** Steps each run may take (lines, jumps, calls); the verifier's own budget when absent. */
  steps?: number;
  /** Name of the function to call, in the modes that take whole modules; `f` when absent. */
  entry?: string;
  /** The program is only read, as `readSeeds` of seeds.ts asks for; `inputs` is then one empty text, `runs` 0. */
  reads?: 'seeds';
}

export type Outcome =
  /** `output` is the canonical literal text of the returned value. */
  { ok: true; output: string } | { ok: false; refusal: Refusal; detail: string };

export interface RunResult {
  /** One per input, in order. When the program itself is refused every outcome carries the same refusal. */
  outcomes: Outcome[];
}

export interface SandboxStats {
  workers: number;
  ready: number;
  queued: number;
  /** Runs (program × input × repeat) judged so far. */
  runs: number;
  /** Workers that died, or had to be ended, and were replaced. */
  respawned: number;
  /** Workers that were replaced because of what they had judged, or how large their heap had grown. */
  recycled: number;
  /** The largest heap that a worker had after a chunk, in bytes; 0 before the first. */
  peakHeapBytes: number;
  /** Milliseconds from creation to the first worker being ready, null before that. */
  startMs: number | null;
  /** Milliseconds that the last replacement of a worker took to be ready, null before the first. */
  respawnMs: number | null;
}

/** Before anything was asked of a sandbox. */
export const NO_STATS: SandboxStats = {
  workers: 0,
  ready: 0,
  queued: 0,
  runs: 0,
  respawned: 0,
  recycled: 0,
  peakHeapBytes: 0,
  startMs: null,
  respawnMs: null,
};

export interface Sandbox {
  /** Results come in the order of the requests. Never rejects for what a program does. */
  run(requests: readonly RunRequest[]): Promise<RunResult[]>;
  /** Resolves when at least one worker can run programs; rejects with a plain sentence when none can. */
  ready(onProgress?: (progress: { what: string; done: number; total: number }) => void): Promise<void>;
  stats(): SandboxStats;
  close(): void;
}
