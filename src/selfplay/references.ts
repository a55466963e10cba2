/** Which earlier tasks are drawn: as references for the proposer, as practice for the solver. */
import type { Config } from '../config/hyperparameters.ts';
import type { Random } from '../random.ts';
import { SPECS } from '../tasks/index.ts';
import type { Task, TaskKind } from '../tasks/task.ts';
import type { TaskBuffer } from './buffer.ts';

export type Buffers = Readonly<Record<TaskKind, TaskBuffer>>;
/** `step` is the official solver's: by creation step, so that seeds come last. */
type Weighting = Config['referenceWeighting'] | 'step';

/** What a task of the seeding weighs beside one of the first step, where weights are creation steps. */
const SEED_FLOOR = 1e-6;
/** What a task solved always or never weighs beside one solved half the time. */
const EDGE_FLOOR = 0.02;

/** Up to `count` distinct tasks. */
export function drawTasks(
  tasks: readonly Task[],
  count: number,
  weighting: Weighting,
  random: Random,
): Task[] {
  if (weighting === 'uniform') return random.sample(tasks, count);
  const weights = tasks.map((task) => weightOf(task, weighting));
  const drawn: Task[] = [];
  while (drawn.length < Math.min(count, tasks.length)) {
    const i = random.weighted(weights);
    drawn.push(tasks[i] as Task);
    weights[i] = 0;
  }
  return drawn;
}

function weightOf({ step, solveRate }: Task, weighting: Weighting): number {
  switch (weighting) {
    case 'uniform':
      return 1;
    case 'recent':
      // The official code's `gen_data_probabilities_strategy: step`.
      return step + 1;
    case 'step':
      return step === 0 ? SEED_FLOOR : step;
    case 'edge':
      // A task that was never attempted counts as half solved: nothing speaks against it.
      return EDGE_FLOOR + (solveRate === null ? 0.25 : solveRate * (1 - solveRate));
  }
}

/**
 * The last step whose tasks are drawn at `step`: the one before it, or with `refreshEvery` above 1 the one before the
 * buffers were last read (the official `update_iteration`, which draws the prompts of several steps at once).
 */
export function newestDrawn(step: number, { refreshEvery }: Pick<Config, 'refreshEvery'>): number {
  return Math.max(0, Math.floor((step - 1) / refreshEvery) * refreshEvery);
}

/** The tasks of `step` and before. */
export function tasksUntil(tasks: readonly Task[], step: number): readonly Task[] {
  return tasks.filter((task) => task.step <= step);
}

/**
 * References of one proposal: `count` tasks of the kind's own buffer; for induction one program from the
 * deduction and abduction buffers together (paper §3.3.2), one with an argument, since its examples differ only
 * in their inputs. None is of a later step than `newest`. Fewer when there are not enough, or when the prompt would
 * leave no room for a proposal.
 */
export function drawReferences(
  kind: TaskKind,
  count: number,
  buffers: Buffers,
  room: { weighting: Weighting; maxPromptTokens: number; newest: number },
  random: Random,
): Task[] {
  const spec = SPECS[kind];
  const source =
    spec.fixedReferences === null
      ? buffers[kind].tasks
      : [...buffers.deduction.tasks, ...buffers.abduction.tasks].filter((task) => task.input !== '');
  const references = drawTasks(
    tasksUntil(source, room.newest),
    spec.fixedReferences ?? count,
    room.weighting,
    random,
  );
  const least = spec.fixedReferences ?? 0;
  while (references.length > least && spec.proposePrompt(references).length > room.maxPromptTokens) {
    references.pop();
  }
  return references;
}

/**
 * What counts as new to the solver at `step`: this step's `fresh` tasks, or with `solverLag` those of the step before
 * (of seeding, at the first), since the official code draws the solver's tasks before it has proposed any.
 */
export function newestTasks(
  fresh: readonly Task[],
  buffer: TaskBuffer,
  step: number,
  { solverLag, eviction }: Pick<Config, 'solverLag' | 'eviction'>,
): readonly Task[] {
  if (eviction === 'official-defect') return buffer.officialNewest();
  return solverLag === 0 ? fresh : buffer.tasks.filter((task) => task.step === step - 1);
}

/**
 * The solver's own tasks of one kind when the attempts at new proposals are not reused: up to `count`, mixed
 * from the `newest` tasks and the `remembered` ones as the official code's `pred_data_mix_strategy` does.
 */
export function drawSolverTasks(
  newest: readonly Task[],
  remembered: readonly Task[],
  count: number,
  { solverData, replayWeighting, eviction }: Pick<Config, 'solverData' | 'replayWeighting' | 'eviction'>,
  random: Random,
): Task[] {
  const share = { 'new-first': 1, 'half-new': 0.5, uniform: 0, step: 0 }[solverData];
  const drawn = random.sample(newest, Math.ceil(count * share));
  const chosen = new Set(eviction === 'official-defect' ? [] : drawn.map(({ id }) => id));
  const rest = remembered.filter(({ id }) => !chosen.has(id));
  const weighting = solverData === 'step' ? 'step' : replayWeighting;
  return [...drawn, ...drawTasks(rest, count - drawn.length, weighting, random)];
}
