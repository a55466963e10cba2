/** Which earlier tasks are drawn: as references for the proposer, as practice for the solver. */
import type { Config } from '../config/hyperparameters.ts';
import type { Random } from '../random.ts';
import { SPECS } from '../tasks/index.ts';
import type { KindSpec } from '../tasks/kind.ts';
import { ALL_KINDS, type Task, type TaskKind } from '../tasks/task.ts';
import type { TaskBuffer } from './buffer.ts';
import { byShape } from './edge.ts';

export type Buffers = Readonly<Record<TaskKind, TaskBuffer>>;
type Weighting = Config['referenceWeighting'];

/** The weight of a task that is always or never solved; one that is solved half of the time, 0.25 more. */
const FLOOR = { edge: 0.02, 'edge-by-shape': 0.002 };

/** Draws up to `count` distinct tasks. */
export function drawTasks(
  tasks: readonly Task[],
  count: number,
  weighting: Weighting,
  random: Random,
): Task[] {
  if (weighting === 'uniform') return random.sample(tasks, count);
  const weights = weightsOf(tasks, weighting);
  const drawn: Task[] = [];
  while (drawn.length < Math.min(count, tasks.length)) {
    const i = random.weighted(weights);
    drawn.push(tasks[i] as Task);
    weights[i] = 0;
  }
  return drawn;
}

/** The weights to draw by; by shape, each shape weighs as much as its tasks do on average, however many they are. */
function weightsOf(tasks: readonly Task[], weighting: Weighting): number[] {
  const weights = tasks.map((task) => weightOf(task, weighting));
  if (weighting !== 'edge-by-shape') return weights;
  const alike = new Map(
    [...byShape(tasks).values()].flatMap((group) => group.map((task) => [task, group.length])),
  );
  return tasks.map((task, i) => weights[i]! / alike.get(task)!);
}

function weightOf({ step, solveRate }: Task, weighting: Weighting): number {
  switch (weighting) {
    case 'uniform':
      return 1;
    case 'recent':
      // The official code's `gen_data_probabilities_strategy: step`.
      return step + 1;
    case 'edge':
    case 'edge-by-shape':
      // A task that was never attempted counts as half solved: nothing speaks against it.
      return FLOOR[weighting] + (solveRate === null ? 0.25 : solveRate * (1 - solveRate));
  }
}

/**
 * References of one proposal: `count` tasks of the kind's own buffer; for induction one program from the
 * deduction and abduction buffers together (paper §3.3.2), one with an argument, since its examples differ only
 * in their inputs. Fewer when there are not enough, or when the prompt would
 * leave no room for a proposal in the wording of `specs`.
 */
export function drawReferences(
  kind: TaskKind,
  count: number,
  buffers: Buffers,
  room: { weighting: Weighting; maxPromptTokens: number; specs?: Readonly<Record<TaskKind, KindSpec>> },
  random: Random,
): Task[] {
  const spec = (room.specs ?? SPECS)[kind];
  const source =
    spec.proposes === 'program'
      ? buffers[kind].tasks
      : ALL_KINDS.filter((lender) => SPECS[lender].lendsPrograms)
          .flatMap((lender) => buffers[lender].tasks)
          .filter((task) => task.input !== '');
  const references = drawTasks(source, spec.fixedReferences ?? count, room.weighting, random);
  const least = spec.fixedReferences ?? 0;
  while (references.length > least && spec.proposePrompt(references).length > room.maxPromptTokens) {
    references.pop();
  }
  return references;
}

/**
 * The solver's own tasks of one kind when the attempts at new proposals are not reused: up to `count`, the `newest`
 * ones first and then `remembered` ones (the official code's `pred_data_mix_strategy`, as it is in the paper's runs).
 */
export function drawSolverTasks(
  newest: readonly Task[],
  remembered: readonly Task[],
  count: number,
  { replayWeighting, eviction }: Pick<Config, 'replayWeighting' | 'eviction'>,
  random: Random,
): Task[] {
  const drawn = random.sample(newest, count);
  const chosen = new Set(eviction === 'official-defect' ? [] : drawn.map(({ id }) => id));
  const rest = remembered.filter(({ id }) => !chosen.has(id));
  return [...drawn, ...drawTasks(rest, count - drawn.length, replayWeighting, random)];
}
