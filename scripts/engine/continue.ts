/**
 * A run that goes on outside of the page: the page's own loop, tasks, rewards and files, with a reasoner that Python has.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from '../../src/config/hyperparameters.ts';
import { parameterCount, SIZES } from '../../src/reasoner/config.ts';
import type { FolderRun } from '../../src/run/folder/read.ts';
import type { Event } from '../../src/run/protocol.ts';
import type { LoopEvent } from '../../src/selfplay/events.ts';
import { unsoundNumbers } from '../../src/selfplay/lifecycle.ts';
import { play } from '../../src/selfplay/play.ts';
import type { StepRecord } from '../../src/selfplay/records.ts';
import type { SavedRun } from '../../src/selfplay/savedRun.ts';
import { sha256 } from '../../src/sha256.ts';
import { SandboxReporter, WatchedSandbox } from '../../src/trainer/sandboxWatch.ts';
import { baseFolder } from '../../src/trainer/shippedBase.ts';
import { metricsLine } from '../../src/watch/metrics/files.ts';
import { Watch } from '../../src/watch/watch.ts';
import { ROOT } from '../common/build.ts';
import { type JudgeName, openJudges } from '../common/judges.ts';
import { Recorder } from '../common/recorder.ts';
import { UsageError } from '../common/usageError.ts';
import type { Line } from './line.ts';
import { cellsOf, placesOf, placesPerCell } from './places.ts';
import { recheck } from './recheck.ts';
import { RemoteReasoner } from './remoteReasoner.ts';

export interface ContinueOptions {
  folder: string;
  /** The run in the folder. */
  kept: FolderRun;
  /** The step after which it ends; the learning rate falls until then. */
  until: number;
  /** Steps after which the folder is brought up to date. */
  keepEvery: number;
  judge: JudgeName;
  python: string;
}

/** Plays the steps and writes them into the run's own folder. Rejects where Python or the judges fail. */
export async function continueRun(line: Line, options: ContinueOptions): Promise<void> {
  const { folder, kept, until, keepEvery, judge, python } = options;
  const config: Config = { ...kept.header.config, steps: until };
  checkConfig(config);
  const header = { ...kept.header, config };
  const base = baseOf(config, kept);
  const { device } = await line.ask<{ device: string }>('open', {
    shape: SIZES[config.size],
    config,
    cells: cellsOf(config),
    places: placesPerCell(config),
  });
  const opened = Date.now();
  const judges = await openJudges(judge, python, { workers: config.sandboxWorkers });
  const sandbox = new WatchedSandbox(judges, opened);
  await sandbox.ready();
  try {
    const reasoner = new RemoteReasoner(SIZES[config.size], device, line);
    await reasoner.load(base);
    const saved = await savedOf(kept, sandbox, line);
    const recorder = new Recorder(resolve(folder), header, kept);
    const watch = new Watch(config);
    watch.recall(kept.events.flatMap((event) => (event.type === 'step' ? [event.metrics] : [])));
    const emit = (event: Event) => recorder.take(event);
    const reporter = new SandboxReporter(sandbox, () => {});
    emit({ type: 'engine', backend: reasoner.backend, device, parameters: parameterCount(reasoner.config) });
    if (saved.dropped.length > 0) emit({ type: 'tasks', added: [], updated: [], evicted: saved.dropped });
    const baseSha256 = await sha256(base);
    const listener = (event: LoopEvent) => {
      if (event.type === 'phase' && event.phase === 'update' && event.at === 'begin') {
        reasoner.expect(placesOf(event.record, config));
      }
      for (const shown of watch.hear(event)) {
        if (shown.type !== 'base') emit(shown);
        else emit({ ...shown, name: baseName(config), sha256: baseSha256 });
      }
    };
    const keep = async (save: NonNullable<StepRecord['save']>) => {
      recorder.finish({ ...(await save()), base: kept.run.base });
    };
    for await (const record of play({
      reasoner,
      sandbox,
      config,
      listener,
      seedPrograms: header.seedProgram,
      from: saved.run,
      quickEvaluations: true,
    })) {
      const metrics = watch.measure(record);
      emit({ type: 'step', metrics, sandbox: reporter.report() });
      if (record.report && unsoundNumbers(record.report).length > 0) {
        throw new Error(`The training diverged: at step ${record.step} its numbers are not finite.`);
      }
      const isKept = record.step % keepEvery === 0 || record.step === until;
      if (isKept) await keep(record.save!);
      await line.ask('step', {
        step: record.step,
        until,
        isKept,
        metrics: metricsLine(metrics),
        phaseSeconds: record.phaseSeconds,
      });
    }
    await line.ask('finished', {});
  } finally {
    sandbox.close();
  }
}

/** What a run goes on from, without tasks that these judges see otherwise; nothing where it is at its beginning. */
async function savedOf(
  { run }: FolderRun,
  sandbox: WatchedSandbox,
  line: Line,
): Promise<{ run: SavedRun | null; dropped: string[] }> {
  if (run.state.step === 0) return { run: null, dropped: [] };
  const saved = run as unknown as SavedRun;
  const { state, dropped } = await recheck(saved.state, sandbox);
  await line.ask('rechecked', {
    dropped,
    tasks: Object.values(saved.state.buffers).reduce((sum, { tasks }) => sum + tasks.length, 0),
  });
  return { run: { ...saved, state }, dropped };
}

/** Throws a UsageError where GRPO cannot do what a switch of the run asks for. */
function checkConfig(config: Config): void {
  const only = (key: keyof Config, wanted: unknown) => {
    if (config[key] !== wanted) {
      throw new UsageError(
        `The run has ${key} ${config[key]}; this engine can only go on with ${key} ${wanted}.`,
      );
    }
  };
  only('update', 'policy-gradient');
  only('policyObjective', 'policy-gradient');
  only('lossNormalizer', 'constant');
  only('entropy', 0);
}

/** The weights that the run began from. */
function baseOf({ size, level, base }: Config, { header, run }: FolderRun): Uint8Array {
  if (run.base) return run.base;
  if (base === 'warm-up')
    throw new UsageError('The folder lacks base.safetensors, which the run began from.');
  const file = join(ROOT, 'public/bases', baseFolder(size, level, base), 'model.safetensors');
  if (header.ownBase) throw new UsageError('The folder lacks base.safetensors, which was brought in.');
  return new Uint8Array(readFileSync(file));
}

function baseName({ base, size, level }: Config): string {
  return base === 'warm-up' ? base : baseFolder(size, level, base);
}
