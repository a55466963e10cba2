/**
 * What a proposal may be rewarded for besides being learnable (paper Appendix D.3; all off by default): how
 * involved its program is, how far from the references it was shown, how rare its answer; and the penalty for
 * repeating what others of the batch do (R-Zero). They look at the task, never at how the response is written.
 */
import type { Config } from '../config/hyperparameters.ts';
import { cognitiveComplexity, cyclomaticComplexity, halstead } from '../language/complexity.ts';
import { parseArguments } from '../language/literal.ts';
import { encode } from '../language/tokenizer.ts';
import type { Task, TaskKind } from '../tasks/task.ts';
import type { Graded } from './update.ts';

type IntrinsicConfig = Pick<
  Config,
  | 'intrinsicComplexity'
  | 'intrinsicHalstead'
  | 'intrinsicDistance'
  | 'intrinsicAnswer'
  | 'intrinsicInput'
  | 'intrinsicRarity'
  | 'intrinsicCap'
  | 'intrinsicCombine'
  | 'repetitionPenalty'
>;

type Rarity = Config['intrinsicRarity'];

/** Literals counted so far, whole and by type. */
class ValueCounts {
  private total = 0;
  private readonly byValue = new Map<string, number>();
  private readonly byType = new Map<string, number>();

  /** Mean over the values of how rare each is among those counted so far, in [0, 1]; 1 before the first. */
  surprise(values: readonly string[], rarity: Rarity): number {
    if (this.total === 0 || values.length === 0) return 1;
    const surprises = values.map((value) => {
      const seen = this.byValue.get(value) ?? 0;
      if (rarity === 'flat') return 1 - seen / this.total;
      const ofType = this.byType.get(typeOf(value)) ?? 0;
      return (1 - ofType / this.total + (1 - (ofType > 0 ? seen / ofType : 0))) / 2;
    });
    return surprises.reduce((sum, surprise) => sum + surprise, 0) / values.length;
  }

  count(values: readonly string[]): void {
    for (const value of values) {
      this.total++;
      this.byValue.set(value, (this.byValue.get(value) ?? 0) + 1);
      const type = typeOf(value);
      this.byType.set(type, (this.byType.get(type) ?? 0) + 1);
    }
  }
}

/** The answers of valid proposals so far, by kind, and the inputs of induction. */
export class AnswerCounts {
  private readonly byKind = new Map<TaskKind, ValueCounts>();
  private readonly inputs = new ValueCounts();

  /** How rare the task's answers are among those of its kind counted so far. */
  surprise(task: Task, rarity: Rarity = 'flat'): number {
    return this.ofKind(task).surprise(answersOf(task), rarity);
  }

  /** How rare the inputs of an induction are among those counted so far. */
  inputSurprise(task: Task, rarity: Rarity): number {
    return this.inputs.surprise(inputsOf(task), rarity);
  }

  count(task: Task): void {
    this.ofKind(task).count(answersOf(task));
    this.inputs.count(inputsOf(task));
  }

  private ofKind({ kind }: Task): ValueCounts {
    const counts = this.byKind.get(kind) ?? new ValueCounts();
    this.byKind.set(kind, counts);
    return counts;
  }
}

function inputsOf({ examples = [] }: Task): string[] {
  return examples.map(({ input }) => input);
}

/** `int`, `list` …; of several arguments all. */
function typeOf(text: string): string {
  const parsed = parseArguments(text);
  return parsed.ok ? parsed.value.map(({ type }) => type).join(', ') : 'name';
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
  const ofExamples: [number, () => number][] = task.examples
    ? [[config.intrinsicInput, () => answers.inputSurprise(task, config.intrinsicRarity)]]
    : [];
  const all: [number, () => number][] = [
    ...ofProgram,
    ...ofExamples,
    [config.intrinsicAnswer, () => answers.surprise(task, config.intrinsicRarity)],
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
