/** What can be compared: the run of this tab, the runs that this browser keeps, files, and every arm that is shipped. */
import { useEffect, useMemo, useState } from 'react';
import type { Config } from '../../config/hyperparameters.ts';
import { EXPERIMENTS } from '../../experiments/definitions.ts';
import type { ArmResult, ExperimentResult } from '../../experiments/results.ts';
import type { Course, RunEntry } from '../../run/library.ts';
import { said } from '../../words/said.ts';
import { msg } from '../../words/words.ts';
import { usePage, useRun, useShelf } from '../context.tsx';
import { armLabel } from './arms.ts';
import { type ArmCurves, armCurves, liveCurve, seedCurves } from './curves.ts';
import { groupsOf } from './groups.ts';
import type { Measure } from './measures.ts';
import { type Paced, pacedBy } from './positions.ts';
import { useExperimentResults } from './results.ts';
import type { FiledRun } from './runFiles.ts';

export const SOURCES = [msg('this tab'), msg('kept here'), msg('from files'), msg('shipped')] as const;

/** A run, or runs that differ in nothing but the seed. */
export interface Compared {
  id: string;
  source: (typeof SOURCES)[number];
  name: string;
  config: Partial<Config>;
  seeds: number;
  curves: (measure: Measure) => ArmCurves;
  /** Where the steps of every seed lie on other axes. */
  paces: () => readonly Paced[];
}

/** `chosen` are the ids of those whose curves are wanted: kept runs are read only then. */
export function useCompared(
  files: readonly string[],
  filed: readonly FiledRun[],
  chosen: readonly string[] | null,
): Compared[] {
  const live = useLive();
  const kept = useKept(chosen);
  const shipped = useExperimentResults(files);
  return useMemo(
    () => [...live, ...kept, ...filed.map(comparedFile), ...shipped.flatMap(comparedArms)],
    [live, kept, filed, shipped],
  );
}

function useLive(): Compared[] {
  const { revision, columns } = useRun((run) => run.metrics);
  const config = useRun((run) => run.config);
  const base = useRun((run) => run.base);
  // One that is only shown is among those that are kept.
  const isShown = useShelf((shelf) => shelf.shown !== null);
  return useMemo(() => {
    void revision;
    if (!config || columns.steps.length === 0 || isShown) return [];
    return [
      {
        id: 'live',
        source: 'this tab',
        name: said('this tab: {size}, seed {seed}', { size: config.size, seed: config.seed }),
        config,
        seeds: 1,
        curves: (measure) => {
          const curve = liveCurve(columns, (base && measure.ofScores?.(base.scores)) ?? null, measure);
          return { mean: curve, low: curve, high: curve };
        },
        paces: () => [columns],
      },
    ];
  }, [revision, columns, config, base, isShown]);
}

/** Kept runs, those of one configuration together; the run that goes on in this tab stands for itself. */
function useKept(chosen: readonly string[] | null): Compared[] {
  const { keeper } = usePage();
  const entries = useShelf((shelf) => shelf.entries);
  const current = useShelf((shelf) => shelf.current);
  const isShown = useShelf((shelf) => shelf.shown !== null);
  const isLive = useRun((run) => run.metrics.revision > 0) && !isShown;
  const [courses, setCourses] = useState<ReadonlyMap<string, Course>>(new Map());
  const groups = useMemo(
    () => groupsOf((entries ?? []).filter(({ id, step }) => step > 0 && !(isLive && id === current))),
    [entries, current, isLive],
  );
  useEffect(() => {
    const wanted = groups.filter(({ id }) => chosen?.includes(id)).flatMap(({ runs }) => runs);
    for (const entry of wanted) {
      const key = courseKey(entry);
      if (courses.has(key)) continue;
      void keeper.course(entry.id).then((course) => setCourses((known) => new Map(known).set(key, course)));
    }
  }, [groups, chosen, courses, keeper]);
  return useMemo(
    () =>
      groups.map(({ id, name, runs }) => {
        const read = runs.flatMap((entry) => courses.get(courseKey(entry)) ?? []);
        return {
          id,
          source: 'kept here',
          name,
          config: runs[0].config,
          seeds: runs.length,
          curves: (measure) =>
            seedCurves(
              read.map(({ steps, start }) => ({ curve: steps, start })),
              measure,
            ),
          paces: () => read.map(({ steps }) => pacedBy(steps)),
        };
      }),
    [groups, courses],
  );
}

/** A run that has gone on has another course. */
const courseKey = ({ id, step }: RunEntry) => `${id} ${step}`;

function comparedArms(result: ExperimentResult): Compared[] {
  const experiment = EXPERIMENTS.find(({ name }) => name === result.name);
  if (!experiment) return [];
  const { level, steps } = result.budget;
  return result.arms.map((arm: ArmResult) => ({
    id: `shipped ${result.name} ${level} ${arm.arm} ${arm.size}`,
    source: 'shipped',
    name: `${experiment.title}: ${armLabel(experiment, arm)}${level === 1 ? '' : `, ${said('level {level}', { level })}`}`,
    config: { ...arm.config, size: arm.size, level, steps },
    seeds: arm.seeds.length,
    curves: (measure) => armCurves(arm, measure),
    paces: () => arm.seeds.map(({ curve }) => pacedBy(curve)),
  }));
}

function comparedFile(run: FiledRun): Compared {
  return {
    id: `file ${run.name}`,
    source: 'from files',
    name: run.name,
    config: run.config,
    seeds: 1,
    curves: (measure) => seedCurves([{ curve: run.curve, start: run.start }], measure),
    paces: () => [pacedBy(run.curve)],
  };
}
