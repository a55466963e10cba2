/**
 * Held-out outcomes of a shipped base, task by task: `held-out.json` beside its card. With them a run knows at once
 * how its base does, as long as it asks nothing that was not asked then.
 */
import type { LevelId } from '../language/level.ts';
import { ALL_KINDS, type TaskKind } from '../tasks/task.ts';
import { type Counted, type EvaluationScores, evaluationOf } from './evaluate.ts';
import { type BenchmarkTask, buildSuite, SUITE_SEED } from './suites.ts';

/** What decides which tasks are asked, and how. */
export interface HeldOutRequest {
  level: LevelId;
  inductionExamples: number;
  maxSolveTokens: number;
  kinds: readonly TaskKind[];
  /** Difficulties 1 to so many. */
  tiers: number;
  /** Tasks by kind and tier. */
  tasks: number;
}

/** Of one suite, a character a task: 1 for yes, 0 for no. */
interface SuiteOutcomes {
  /** Right when it answers as it chooses. */
  right: string;
  /** Whether it then thinks. */
  thinks: string;
  /** Right when it is forced to think. */
  forced: string;
}

export interface ShippedOutcomes extends Omit<HeldOutRequest, 'kinds'> {
  /** Of the weights that answered. */
  sha256: string;
  suiteSeed: number;
  outcomes: Partial<Record<TaskKind, Record<string, SuiteOutcomes>>>;
}

/** How a base does: as it chooses to answer, and forced to think (no scores where every prompt makes it think). */
export interface BaseEvaluation {
  atOnce: EvaluationScores;
  forced: EvaluationScores;
  /** Whether it is right as it chooses to answer, and when it is forced to think, task by task. */
  isRight: readonly boolean[];
  isForcedRight: readonly boolean[];
}

/** The tasks of a request, kind by kind and tier by tier. */
export function tasksOf({ kinds, tiers, tasks: count, ...suite }: HeldOutRequest): BenchmarkTask[] {
  const { level, inductionExamples } = suite;
  return kinds.flatMap((kind) =>
    upTo(tiers).flatMap((tier) =>
      buildSuite({ level, kind, tier, count, seed: SUITE_SEED, inductionExamples }),
    ),
  );
}

/** What is shipped of the answers to all tasks of a request, in the order of {@link tasksOf}. */
export function shippedOutcomes(
  sha256: string,
  { kinds, ...request }: HeldOutRequest,
  atOnce: readonly Counted[],
  forced: readonly Counted[],
): ShippedOutcomes {
  const { tiers, tasks } = request;
  const outcomes: ShippedOutcomes['outcomes'] = {};
  let at = 0;
  for (const kind of kinds) {
    outcomes[kind] = {};
    for (const tier of upTo(tiers)) {
      const [free, thought] = [atOnce, forced].map((all) => all.slice(at, at + tasks)) as [
        Counted[],
        Counted[],
      ];
      const right = flags(free.map(({ correct }) => correct));
      const thinks = flags(free.map((each) => each.thinks));
      outcomes[kind][tier] = { right, thinks, forced: flags(thought.map(({ correct }) => correct)) };
      at += tasks;
    }
  }
  return { sha256, suiteSeed: SUITE_SEED, ...request, outcomes };
}

/** The scores that a request would give, or null where it asks what is not in the outcomes. */
export function shippedEvaluation(
  shipped: ShippedOutcomes | null,
  request: HeldOutRequest,
): BaseEvaluation | null {
  if (!shipped || shipped.suiteSeed !== SUITE_SEED) return null;
  const isSame = (['level', 'inductionExamples', 'maxSolveTokens'] as const).every(
    (key) => shipped[key] === request[key],
  );
  if (!isSame || request.tiers > shipped.tiers || request.tasks > shipped.tasks) return null;
  if (!request.kinds.every((kind) => shipped.outcomes[kind])) return null;
  const answered = (right: 'right' | 'forced', thinks: 'thinks' | null) =>
    request.kinds.flatMap((kind) =>
      upTo(request.tiers).flatMap((tier) => {
        const suite = shipped.outcomes[kind]?.[tier];
        return Array.from({ length: request.tasks }, (_, i) => ({
          correct: Number(suite?.[right][i]),
          thinks: thinks === null ? 1 : Number(suite?.[thinks][i]),
        }));
      }),
    );
  const tasks = tasksOf(request);
  return baseEvaluationOf(tasks, answered('right', 'thinks'), answered('forced', null));
}

/** How a base does whose answers to `tasks` are known, in their order; `forced` is null where nobody can be forced. */
export function baseEvaluationOf(
  tasks: readonly BenchmarkTask[],
  atOnce: readonly Counted[],
  forced: readonly Counted[] | null,
): BaseEvaluation {
  return {
    atOnce: evaluationOf(tasks, atOnce),
    forced: forced ? evaluationOf(tasks, forced) : { scores: {}, thinks: {} },
    isRight: rightOf(atOnce),
    isForcedRight: rightOf(forced ?? atOnce),
  };
}

/** Whether each of some tasks was answered right. */
function rightOf(answered: readonly Counted[]): boolean[] {
  return answered.map(({ correct }) => correct > 0);
}

/** Reads outcomes that were downloaded. Null for what is none, or of other weights than those of `sha256`. */
export function readShippedOutcomes(json: unknown, sha256: string): ShippedOutcomes | null {
  const shipped = json as Partial<ShippedOutcomes> | null;
  if (typeof shipped !== 'object' || shipped?.sha256 !== sha256) return null;
  const { tiers = 0, tasks = 0, outcomes } = shipped;
  if (typeof outcomes !== 'object') return null;
  const isWhole = ALL_KINDS.every((kind) => {
    const ofKind = outcomes[kind];
    return !ofKind || upTo(tiers).every((tier) => isSuite(ofKind[tier], tasks));
  });
  return isWhole ? (shipped as ShippedOutcomes) : null;
}

function isSuite(suite: SuiteOutcomes | undefined, tasks: number): boolean {
  const fields = [suite?.right, suite?.thinks, suite?.forced];
  return fields.every((text) => typeof text === 'string' && /^[01]*$/.test(text) && text.length === tasks);
}

function flags(counts: readonly number[]): string {
  return counts.map((count) => (count > 0 ? '1' : '0')).join('');
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}
