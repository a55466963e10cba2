/** From finished runs to what is shipped of an experiment. */
import { isDeepStrictEqual } from 'node:util';
import { type Config, changedKeys, DEFAULTS } from '../../src/config/hyperparameters.ts';
import { EXPERIMENTS } from '../../src/experiments/definitions.ts';
import type { ArmResult, ExperimentResult, Scores, SeedResult } from '../../src/experiments/results.ts';
import { hasShippedBase } from '../../src/language/level.ts';
import { type BaseScores, suitesName, suitesOf } from './measure.ts';
import type { ExperimentOptions } from './options.ts';
import { type PlannedRun, runsOf, type Scope } from './plan.ts';
import { type FinishedRun, findRun, finishedRuns, readRecord, readScores } from './store.ts';

type Place = Pick<ExperimentOptions, 'out' | 'scale'>;

/**
 * The results of a scope and of whatever else of its experiment is finished at the same budget. Arms of `shipped`, of
 * this or another experiment, and their seeds, that are not among the runs stay, if nothing about them has changed. Null
 * when there is nothing.
 */
export function assemble(
  scope: Scope,
  place: Place,
  shipped: readonly ExperimentResult[],
): ExperimentResult | null {
  const { experiment, level, steps, tasks } = scope;
  const known = shipped
    .filter(({ budget: of }) => of.level === level && of.steps === steps && of.tasks === tasks)
    .sort((a, b) => Number(b.name === experiment.name) - Number(a.name === experiment.name));
  const from = new Set<ExperimentResult>();
  const whole: Scope = {
    ...scope,
    arms: experiment.arms,
    sizes:
      place.scale === 'ci'
        ? scope.sizes
        : [
            ...new Set([
              ...experiment.sizes.filter((size) => hasShippedBase(size, level, 'shipped')),
              ...scope.sizes,
            ]),
          ],
    seeds: [...new Set([...scope.seeds, ...(place.scale === 'ci' ? [] : experiment.seeds)])].sort(
      (a, b) => a - b,
    ),
  };
  const done = finishedRuns(place.out);
  const suites = suitesName(suitesOf(level, tasks));
  const used: FinishedRun[] = [];
  const arms = new Map<string, ArmResult>();
  for (const planned of runsOf(whole, place)) {
    const key = `${planned.arm.name} ${planned.size}`;
    const begun = arms.get(key);
    const kept = begun ? null : keptArm(known, planned);
    const run = findRun(done, { config: planned.config, base: planned.base.id });
    const base = readScores<BaseScores>(planned.base.folder, suites);
    const seed = run && seedResult(planned, run, suites, experiment.showsExamples ?? false);
    const arm = begun ?? kept?.arm ?? (base && { ...armOf(planned), ...base, seeds: [] });
    if (!arm) continue;
    if (kept) from.add(kept.from);
    if (!run || !base || !seed) {
      if (kept) arms.set(key, arm);
      continue;
    }
    used.push(run);
    const others = arm.seeds.filter((other) => other.seed !== seed.seed);
    const seeds = [...others, seed].sort((p, q) => p.seed - q.seed);
    arms.set(key, { ...arm, ...base, seeds });
  }
  if (arms.size === 0) return null;
  // In the order of the definition, whatever order they were run in.
  const ordered = whole.sizes.flatMap((size) =>
    experiment.arms.flatMap(({ name }) => arms.get(`${name} ${size}`) ?? []),
  );
  const seeds = [...new Set(ordered.flatMap((arm) => arm.seeds.map(({ seed }) => seed)))].sort(
    (a, b) => a - b,
  );
  const list = (values: readonly string[]) =>
    [...new Set(values.flatMap((value) => value.split('; ')))].join('; ');
  const kept = ordered.flatMap((arm) => arm.seeds).length > used.length ? [...from] : [];
  return {
    name: experiment.name,
    command: commandOf(scope, place, ordered, seeds),
    hardware: list([...used, ...kept].map(({ hardware }) => hardware)),
    backend: list([...used, ...kept].map(({ backend }) => backend)),
    created:
      [...used, ...kept]
        .map(({ created }) => created)
        .sort()
        .at(-1) ?? '',
    minutes: round(
      ordered.flatMap((arm) => arm.seeds).reduce((sum, { minutes }) => sum + minutes, 0),
      1,
    ),
    budget: { level, steps, seeds, tasks },
    arms: ordered,
  };
}

function armOf({ arm, size, config, base }: PlannedRun): Omit<ArmResult, 'start' | 'forced' | 'seeds'> {
  const changed = changedKeys(config, DEFAULTS).filter(
    (key) => !['seed', 'steps', 'size', 'level'].includes(key),
  );
  const differences = Object.fromEntries(changed.map((key) => [key, config[key]])) as Partial<Config>;
  return { arm: arm.name, size, base: base.id, config: differences };
}

function seedResult(
  { config }: PlannedRun,
  run: FinishedRun,
  suites: string,
  withExamples: boolean,
): SeedResult | null {
  const end = readScores<Scores>(run.folder, suites);
  if (!end && run.diverged === null) return null;
  const { curve, detections, examples } = readRecord(run);
  return {
    seed: config.seed,
    minutes: round(run.minutes, 1),
    steps: run.steps,
    diverged: run.diverged,
    curve,
    end,
    detections,
    ...(withExamples ? { examples } : {}),
  };
}

/** An arm as it was shipped with one of the results, if the same configuration and base would give it again. */
function keptArm(
  shipped: readonly ExperimentResult[],
  planned: PlannedRun,
): { arm: ArmResult; from: ExperimentResult } | null {
  const { arm: name, ...now } = armOf(planned);
  const isSame = ({ size, base, config }: ArmResult) => isDeepStrictEqual({ size, base, config }, now);
  for (const from of shipped) {
    const arm = from.arms.find(isSame);
    if (arm) return { arm: { ...arm, arm: name }, from };
  }
  return null;
}

/** The one line that gives these results from nothing. */
function commandOf(
  { experiment, steps, level, tasks }: Scope,
  { scale }: Place,
  arms: readonly ArmResult[],
  seeds: readonly number[],
): string {
  const parts = [`npm run experiment -- ${experiment.name}`];
  if (scale === 'ci') parts.push('--scale ci');
  const names = [...new Set(arms.map(({ arm }) => arm))];
  const all = EXPERIMENTS.find(({ name }) => name === experiment.name)?.arms ?? [];
  if (names.length < all.length) parts.push(`--arms ${names.join(',')}`);
  parts.push(`--sizes ${[...new Set(arms.map(({ size }) => size))].join(',')}`);
  parts.push(`--seeds ${seeds.join(',')}`, `--steps ${steps}`, `--tasks ${tasks}`);
  if (level !== 1) parts.push(`--level ${level}`);
  return parts.join(' ');
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
