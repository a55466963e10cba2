/**
 * A run that goes on outside of the page: the page's own loop, tasks, rewards and files, with a reasoner that Python has.
 */
import { resolve } from 'node:path';
import type { Config } from '../../src/config/hyperparameters.ts';
import type { RunHeader } from '../../src/run/folder/layout.ts';
import type { FolderRun } from '../../src/run/folder/read.ts';
import type { Event, KeptRun } from '../../src/run/protocol.ts';
import type { LoopEvent } from '../../src/selfplay/events.ts';
import { unsoundNumbers } from '../../src/selfplay/lifecycle.ts';
import { play } from '../../src/selfplay/play.ts';
import type { StepRecord } from '../../src/selfplay/records.ts';
import type { SavedRun } from '../../src/selfplay/savedRun.ts';
import { SandboxReporter, WatchedSandbox } from '../../src/trainer/sandboxWatch.ts';
import { metricsLine } from '../../src/watch/metrics/files.ts';
import { Watch } from '../../src/watch/watch.ts';
import { type JudgeName, openJudges } from '../common/judges.ts';
import { Recorder } from '../common/recorder.ts';
import { UsageError } from '../common/usageError.ts';
import type { Line } from './line.ts';
import { openOwn } from './ownReasoner.ts';
import { placesOf } from './places.ts';
import { type Asked, openPretrained, pretrainedOf } from './pretrained.ts';
import { recheck } from './recheck.ts';

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
  /** That work at the same time; null for as many as the run has. */
  judges: number | null;
  /** The socket behind which Python has the judges; null where they stand beside this process. */
  judgeLine: string | null;
  /** Of a pretrained model that takes the run over. */
  model: Asked;
}

/** Plays the steps and writes them into the run's own folder. Rejects where Python or the judges fail. */
export async function continueRun(line: Line, options: ContinueOptions): Promise<void> {
  const { folder, kept, until, keepEvery, judge, python, judgeLine } = options;
  const asked: Config = { ...kept.header.config, steps: until };
  checkConfig(asked);
  const pretrained = pretrainedOf(kept, options.model);
  const { reasoner, config, wording, run, base, parameters, takenOver } = pretrained
    ? await openPretrained(line, kept, asked, pretrained)
    : await openOwn(line, kept, asked);
  const header: RunHeader = { ...kept.header, config: asked };
  const opened = Date.now();
  const workers = options.judges ?? config.sandboxWorkers;
  const judges = await openJudges(judge, python, { workers }, judgeLine);
  const sandbox = new WatchedSandbox(judges, opened);
  await sandbox.ready();
  try {
    const saved = await savedOf(run, sandbox, line);
    const recorder = new Recorder(resolve(folder), header, kept);
    const watch = new Watch(config, wording);
    watch.recall(kept.events.flatMap((event) => (event.type === 'step' ? [event.metrics] : [])));
    const emit = (event: Event) => recorder.take(event);
    const reporter = new SandboxReporter(sandbox, () => {});
    const { backend, device } = reasoner;
    emit({ type: 'engine', backend, device, parameters });
    if (saved.dropped.length > 0) emit({ type: 'tasks', added: [], updated: [], evicted: saved.dropped });
    const listener = (event: LoopEvent) => {
      if (event.type === 'phase' && event.phase === 'update' && event.at === 'begin') {
        reasoner.expect(placesOf(event.record, config));
      }
      for (const shown of watch.hear(event)) {
        emit(shown.type === 'base' ? { ...shown, ...base } : shown);
      }
    };
    const keep = async (save: NonNullable<StepRecord['save']>) => {
      const saving = await save();
      // From here on it is the model's, whose weights are kept.
      if (takenOver) header.pretrained = takenOver;
      recorder.finish({ ...saving, base: run.base });
    };
    for await (const record of play({
      reasoner,
      sandbox,
      config,
      listener,
      seedPrograms: header.seedProgram,
      from: saved.run,
      quickEvaluations: true,
      wording,
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
  run: KeptRun,
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
