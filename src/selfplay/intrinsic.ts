/**
 * What a proposal may be rewarded for besides being learnable (paper Appendix D.3; all off by default): how
 * involved its program is, how far from the references it was shown, how rare its answer; and the penalty for
 * repeating what others of the batch do (R-Zero). They look at the task, never at how the response is written.
 */
import type { Config } from '../config/hyperparameters.ts';
import { cognitiveComplexity, cyclomaticComplexity, halstead } from '../language/complexity.ts';
import { encode } from '../language/tokenizer.ts';
import type { Task, TaskKind } from '../tasks/task.ts';
import type { Graded } from './update.ts';

type IntrinsicConfig = Pick<
  Config,
  | 'intrinsicComplexity'
  | 'intrinsicHalstead'
  | 'intrinsicDistance'
  | 'intrinsicAnswer'
  | 'intrinsicCap'
  | 'intrinsicCombine'
  | 'repetitionPenalty'
>;

/** The answers of valid proposals so far, by kind. */
export class AnswerCounts {
  private readonly byKind = new Map<TaskKind, { total: number; counts: Map<string, number> }>();

  /** 1 minus the share of the task's answers (a mean over them) among those counted so far; 1 before the first. */
  surprise(task: Task): number {
    const known = this.byKind.get(task.kind);
    if (!known) return 1;
    const answers = answersOf(task);
    const shares = answers.map((answer) => (known.counts.get(answer) ?? 0) / known.total);
    return 1 - shares.reduce((sum, share) => sum + share, 0) / answers.length;
  }

  count(task: Task): void {
    const known = this.byKind.get(task.kind) ?? { total: 0, counts: new Map<string, number>() };
    for (const answer of answersOf(task)) {
      known.total++;
      known.counts.set(answer, (known.counts.get(answer) ?? 0) + 1);
    }
    this.byKind.set(task.kind, known);
  }
}

/** What a solver would have to answer; induction has no one answer, so its outputs stand for it. */
function answersOf({ kind, input, output, examples }: Task): string[] {
  if (examples) return examples.map((example) => example.output);
  return [kind === 'abduction' ? input : output];
}

/**
 * Adds intrinsic rewards and takes the repetition penalty off, for the valid proposals of one step. As in the
 * official code only a proposal whose learnability is above 0 has intrinsic rewards; the penalty never takes a
 * reward below 0 (R-Zero's max(0, …)). Answers are compared with those of earlier steps, then counted.
 */
export function adjustRewards(
  graded: readonly Graded[],
  config: IntrinsicConfig,
  answers: AnswerCounts,
): void {
  const valid = graded.flatMap((proposal) => {
    const { task } = proposal.draft;
    return task ? [{ proposal, task }] : [];
  });
  for (const { proposal, task } of valid) {
    if (proposal.reward > 0) {
      const components = componentsOf(task, proposal.draft.references, config, answers);
      proposal.reward = combine(proposal.reward, components, config.intrinsicCombine);
    }
    if (config.repetitionPenalty > 0 && proposal.reward > 0) {
      const ofKind = valid.filter((other) => other.task.kind === task.kind);
      const alike = ofKind.filter((other) => other.task.behaviour === task.behaviour);
      const penalty = (config.repetitionPenalty * alike.length) / ofKind.length;
      proposal.reward = Math.max(0, proposal.reward - penalty);
    }
  }
  for (const { task } of valid) answers.count(task);
}

/** The intrinsic rewards that are switched on: coefficient times measure, at most the cap. */
function componentsOf(
  task: Task,
  references: readonly Task[],
  config: IntrinsicConfig,
  answers: AnswerCounts,
): number[] {
  // An induction proposal writes no program of its own.
  const ofProgram: [number, () => number][] = task.examples
    ? []
    : [
        [config.intrinsicComplexity, () => cognitiveComplexity(task.program) / 15],
        [config.intrinsicHalstead, () => halsteadMeasure(task.program)],
        [config.intrinsicDistance, () => meanDistance(task.program, references)],
      ];
  const all: [number, () => number][] = [
    ...ofProgram,
    [config.intrinsicAnswer, () => answers.surprise(task)],
  ];
  return all
    .filter(([coefficient]) => coefficient > 0)
    .map(([coefficient, measure]) => Math.min(config.intrinsicCap, coefficient * measure()));
}

/** Paper Eqs 11 to 14, named as in the official code. */
export function combine(
  learnability: number,
  components: readonly number[],
  how: Config['intrinsicCombine'],
): number {
  if (components.length === 0) return learnability;
  const sum = components.reduce((total, component) => total + component, 0);
  const product = components.reduce((total, component) => total * component, 1);
  switch (how) {
    case 'sum':
      return learnability + sum;
    case 'multiply':
      return learnability * product;
    case 'sum-multiply':
      return learnability + product;
    case 'multiply-sum':
      return learnability * sum;
  }
}

/** The official code's mixture of effort, cyclomatic complexity and volume, in [0, 1]. */
function halsteadMeasure(program: string): number {
  const { effort, volume } = halstead(program);
  const cyclomatic = cyclomaticComplexity(program);
  return (
    0.5 * Math.min(effort / 10000, 1) + 0.3 * Math.min(cyclomatic / 10, 1) + 0.2 * Math.min(volume / 500, 1)
  );
}

/** Mean distance to the references' programs; 0 without references. */
function meanDistance(program: string, references: readonly Task[]): number {
  if (references.length === 0) return 0;
  const tokens = encode(program);
  const distances = references.map((reference) => distance(tokens, encode(reference.program)));
  return distances.reduce((sum, each) => sum + each, 0) / distances.length;
}

/** 1 − 2 L / (|a| + |b|) with L the longest common subsequence: 0 for equal lists, 1 for lists with nothing in common. */
export function distance(a: readonly number[], b: readonly number[]): number {
  if (a.length + b.length === 0) return 0;
  let previous = new Array<number>(b.length + 1).fill(0);
  for (const x of a) {
    const current = [0];
    for (const [j, y] of b.entries()) {
      current.push(
        x === y ? (previous[j] as number) + 1 : Math.max(previous[j + 1] as number, current[j] as number),
      );
    }
    previous = current;
  }
  return 1 - (2 * (previous[b.length] as number)) / (a.length + b.length);
}
