/** One piece of work: measure a base, or run an arm with a seed and measure what came of it. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../src/config/hyperparameters.ts';
import { SIZES } from '../../src/reasoner/config.ts';
import type { Reasoner } from '../../src/reasoner/reasoner.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { curvePoint } from '../../src/watch/metrics/files.ts';
import type { StepMetrics } from '../../src/watch/metrics/table.ts';
import { openEngine } from '../common/engine.ts';
import { UsageError } from '../common/usageError.ts';
import { baseOf, ensureWeights } from './bases.ts';
import { type BaseScores, measure, suitesName, suitesOf } from './measure.ts';
import { playRun } from './play.ts';
import { findRun, finishedRuns, finishRun, type RunInfo, readScores, writeAtomically } from './store.ts';
import { forgetPlay, keepPlay, takeUp } from './unfinished.ts';

export interface Job {
  kind: 'base' | 'run';
  /** For people. */
  label: string;
  /** Of the run; for a base, of any run that begins from it. */
  config: Config;
  /** Held-out tasks by kind and tier. */
  tasks: number;
  device: 'wasm' | 'webgpu';
  out: string;
  /** Steps that are kept of an interrupted run. */
  begun?: number;
  /** Processes that work side by side and share the cores; 1 when absent. */
  beside?: number;
}

/** Share of the work that is done, from 0 to 1, and what is being done. */
export type Report = (share: number, doing: string) => void;

/** Share of a run's work that is not its steps. */
const MEASURING = 0.1;

/**
 * Does what is not done yet of a job. Safe to repeat: nothing counts before it is complete, and a run that was
 * interrupted goes on from where it was last kept.
 */
export async function performJob(job: Job, sandbox: Sandbox, report: Report): Promise<void> {
  if (job.kind === 'base') await measureBase(job, sandbox, report);
  else await measureRun(job, await ensureRun(job, sandbox, report), sandbox, report);
}

async function measureBase(job: Job, sandbox: Sandbox, report: Report): Promise<void> {
  const { config, tasks, out } = job;
  const base = baseOf(config, out);
  await ensureWeights(base, job.beside, (share) => report(share / 2, 'warming up'));
  const suites = suitesOf(config.level, tasks);
  const name = suitesName(suites);
  if (readScores(base.folder, name)) return;
  report(0.5, 'measuring');
  const reasoner = await open(job, base.weights);
  const options = { maxNewTokens: config.maxSolveTokens };
  const start = await measure(reasoner, sandbox, suites, { ...options, forceThink: false });
  report(0.75, 'measuring, forced to think');
  const forced = await measure(reasoner, sandbox, suites, { ...options, forceThink: true });
  reasoner.dispose();
  writeJson(join(base.folder, `${name}.json`), { start, forced } satisfies BaseScores);
}

/** The folder of the finished run. */
async function ensureRun(job: Job, sandbox: Sandbox, report: Report): Promise<string> {
  const { config, out } = job;
  const base = baseOf(config, out);
  const spec = { config, base: base.id };
  const known = findRun(finishedRuns(out), spec);
  if (known) return known.folder;
  await ensureWeights(base, job.beside, () => report(0, 'warming up'));
  const { folder: partial, kept } = takeUp(out, spec);
  const started = performance.now();
  const minutes = () => (kept?.minutes ?? 0) + (performance.now() - started) / 60_000;
  const tell = (metrics: StepMetrics) =>
    appendFileSync(join(partial, 'curve.jsonl'), `${JSON.stringify(curvePoint(metrics))}\n`);
  const share = (step: number) => ((1 - MEASURING) * step) / config.steps;
  const begun = kept?.run.state.step ?? 0;
  report(share(begun), begun > 0 ? `on from step ${begun}` : 'begins');
  kept?.metrics.forEach(tell);
  const reasoner = await open(job, base.weights);
  const { steps, diverged, detections, examples } = await playRun({
    reasoner,
    sandbox,
    config,
    from: kept,
    onStep(metrics) {
      tell(metrics);
      report(share(metrics.step), `step ${metrics.step}/${config.steps}`);
    },
    keep: (play) => keepPlay(partial, { ...play, minutes: minutes() }),
  });
  const info: RunInfo = {
    minutes: minutes(),
    steps,
    diverged,
    backend: `${reasoner.backend}, ${reasoner.device}`,
    hardware: hardware(),
    created: new Date().toISOString().slice(0, 10),
  };
  if (!diverged) writeAtomically(join(partial, 'model.safetensors'), await reasoner.save());
  reasoner.dispose();
  writeJson(join(partial, 'config.json'), spec);
  writeJson(join(partial, 'info.json'), info);
  writeJson(join(partial, 'detections.json'), detections);
  writeJson(join(partial, 'examples.json'), examples);
  forgetPlay(partial);
  return finishRun(out, spec, partial);
}

async function measureRun(job: Job, folder: string, sandbox: Sandbox, report: Report): Promise<void> {
  const { config, tasks } = job;
  const suites = suitesOf(config.level, tasks);
  const path = join(folder, `${suitesName(suites)}.json`);
  const weights = join(folder, 'model.safetensors');
  if (existsSync(path) || !existsSync(weights)) return;
  report(1 - MEASURING, 'measuring');
  const reasoner = await open(job, weights);
  const scores = await measure(reasoner, sandbox, suites, {
    maxNewTokens: config.maxSolveTokens,
    forceThink: false,
  });
  reasoner.dispose();
  writeJson(path, scores);
}

async function open({ config: { size, seed }, device, beside }: Job, weights: string): Promise<Reasoner> {
  let refusal = '';
  const reasoner = await openEngine(
    {
      config: SIZES[size],
      device,
      seed,
      onNotice: (message) => {
        refusal = message;
      },
    },
    beside,
  );
  if (reasoner.backend !== device) {
    reasoner.dispose();
    throw new UsageError(`--device ${device} cannot be had here. ${refusal}`);
  }
  await reasoner.load(new Uint8Array(readFileSync(weights)));
  return reasoner;
}

function hardware(): string {
  const all = cpus();
  return `${all.length} × ${all[0]?.model.trim() ?? 'unknown processor'}`;
}

function writeJson(path: string, value: unknown): void {
  writeAtomically(path, `${JSON.stringify(value)}\n`);
}
