/** From experiments to the jobs that are still to be done. */
import type { Config } from '../../src/config/hyperparameters.ts';
import { type Arm, configOf, type Experiment, type Size } from '../../src/experiments/definitions.ts';
import { hasShippedBase } from '../../src/language/level.ts';
import { UsageError } from '../common/usageError.ts';
import { type Base, baseOf } from './bases.ts';
import { CI } from './ci.ts';
import type { Job } from './job.ts';
import { suitesName, suitesOf } from './measure.ts';
import type { ExperimentOptions } from './options.ts';
import { type FinishedRun, findRun, finishedRuns, readScores } from './store.ts';
import { stepsKept } from './unfinished.ts';

/** A run of an experiment; several experiments may ask for the same one. */
export interface PlannedRun {
  experiment: Experiment;
  arm: Arm;
  size: Size;
  config: Config;
  base: Base;
}

/** What an experiment is asked to be this time. */
export interface Scope {
  experiment: Experiment;
  arms: readonly Arm[];
  sizes: readonly Size[];
  seeds: readonly number[];
  steps: number;
  level: Config['level'];
  tasks: number;
}

const TASKS = 200;

/** Sizes of an experiment at a level: those with a shipped base or, when there are none, all, to be told so. */
function sizesOf({ sizes }: Experiment, level: Config['level']): readonly Size[] {
  const shipped = sizes.filter((size) => hasShippedBase(size, level, 'shipped'));
  return shipped.length > 0 ? shipped : sizes;
}

export function scopesOf(options: ExperimentOptions): Scope[] {
  const isCi = options.scale === 'ci';
  return options.experiments.map((experiment) => ({
    experiment,
    arms: experiment.arms.filter(({ name }) => options.arms?.includes(name) ?? true),
    sizes: options.sizes ?? (isCi ? CI.sizes : sizesOf(experiment, options.level)),
    seeds: options.seeds ?? (isCi ? CI.seeds : experiment.seeds),
    steps: options.steps ?? (isCi ? CI.steps : experiment.steps),
    level: options.level,
    tasks: options.tasks ?? (isCi ? CI.tasks : TASKS),
  }));
}

/** Every run of a scope, in the order in which they are wanted: seed by seed, so that all arms soon have one. */
export function runsOf(scope: Scope, options: Pick<ExperimentOptions, 'out' | 'scale'>): PlannedRun[] {
  const { experiment, arms, sizes, seeds, steps, level } = scope;
  return seeds.flatMap((seed) =>
    sizes.flatMap((size) =>
      arms.map((arm) => {
        const extra = options.scale === 'ci' ? CI.changes : {};
        const config = checked(arm, { ...extra, size, level, seed, steps });
        return { experiment, arm, size, config, base: baseOf(config, options.out) };
      }),
    ),
  );
}

/** Jobs that are not done, each once, bases first; `total` counts those that are done too. */
export function jobsOf(options: ExperimentOptions): { jobs: Job[]; total: number } {
  const done = finishedRuns(options.out);
  const jobs = new Map<string, { job: Job; isDone: boolean }>();
  for (const scope of scopesOf(options)) {
    const { tasks, level } = scope;
    const suites = suitesName(suitesOf(level, tasks));
    for (const { arm, config, base } of runsOf(scope, options)) {
      const common = { config, tasks, device: options.device, out: options.out };
      const spec = { config, base: base.id };
      const run = findRun(done, spec);
      jobs.set(`base ${base.id} ${tasks}`, {
        job: { kind: 'base', label: `base of ${config.size}`, ...common },
        isDone: readScores(base.folder, suites) !== null,
      });
      const label = `${arm.label}, ${config.size}, seed ${config.seed}`;
      jobs.set(`run ${base.id} ${JSON.stringify(config)} ${tasks}`, {
        job: { kind: 'run', label, begun: run ? 0 : stepsKept(options.out, spec), ...common },
        isDone: run !== undefined && isMeasured(run, suites),
      });
    }
  }
  const open = [...jobs.values()].flatMap(({ job, isDone }) => (isDone ? [] : [job]));
  open.sort((a, b) => Number(b.kind === 'base') - Number(a.kind === 'base'));
  return { jobs: open, total: jobs.size };
}

function isMeasured({ folder, diverged }: FinishedRun, suites: string): boolean {
  return diverged !== null || readScores(folder, suites) !== null;
}

function checked(arm: Arm, run: Parameters<typeof configOf>[1]): Config {
  try {
    return configOf(arm, run);
  } catch (error) {
    throw new UsageError(`${arm.label}, ${run.size}: ${error instanceof Error ? error.message : error}`);
  }
}
