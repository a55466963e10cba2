/** The command line of `npm run warmup`, and the recipes of the shipped bases. */
import type { SizeName } from '../../src/reasoner/config.ts';
import { type CommandLine, readCommandLine } from '../common/commandLine.ts';
import { list, number, text, toggle, whole } from '../common/flag.ts';
import { UsageError } from '../common/usageError.ts';

interface Recipe {
  seed: number;
  /**
   * Token budgets. After the first the training goes on to the next from where it ended, with the learning rate of a
   * longer training's second part.
   */
  stages: readonly number[];
  /** Share of examples that choose to think. */
  habit: number;
}

/** By size and level of the task language. */
const RECIPES: Partial<Record<SizeName, Partial<Record<number, Recipe>>>> = {
  nano: { 1: { seed: 1, stages: [12e6], habit: 0.35 }, 2: { seed: 1, stages: [24e6], habit: 0.35 } },
  small: { 1: { seed: 2, stages: [22e6], habit: 0.35 }, 2: { seed: 2, stages: [22e6], habit: 0.35 } },
  medium: { 1: { seed: 3, stages: [12e6, 22e6], habit: 0.35 } },
};

export interface WarmUpOptions extends Recipe {
  size: SizeName;
  level: number;
  python: string;
  tasksPerTier: number;
  scoreOnly: boolean;
}

const FLAGS = {
  size: text('NAME', 'of the base', 'small'),
  level: whole([1, 2], 'of the task language', 1),
  seed: whole([0, 4_294_967_295], 'of examples and weights; that of the recipe when not given'),
  tokens: list(
    'N,N',
    'tokens to train on, or rising budgets of several stages (12e6,22e6); those of the recipe when not given',
    Number,
  ),
  habit: number([0.01, 0.99], 'share of examples that choose to think; that of the recipe when not given'),
  python: text('FILE', 'a Python with PyTorch', process.env.KELVIN_PYTHON ?? 'python3'),
  'tasks-per-tier': whole([1, 10_000], 'held-out tasks by kind and tier, for the card', 200),
  'score-only': toggle('scores what is trained already, and writes the card anew'),
};

const LINE: CommandLine<typeof FLAGS> = {
  usage: 'npm run warmup -- [flags]',
  about: `Makes a shipped base: writes examples, trains on them in PyTorch (bridge/README.md says what it needs), scores the
result on the held-out suites and puts weights and card into public/bases. runs/warmup-* keeps what going on needs.`,
  flags: FLAGS,
};

/** Throws a `UsageError` in one plain line, and `HelpAsked` on `--help`. */
export function readWarmUpOptions(args: readonly string[]): WarmUpOptions {
  const { values } = readCommandLine(args, LINE);
  const { level, python } = values;
  const size = values.size as SizeName;
  const recipe = RECIPES[size]?.[level];
  if (!recipe) {
    const known = Object.entries(RECIPES).flatMap(([name, levels]) =>
      Object.keys(levels).map((of) => `${name} at level ${of}`),
    );
    throw new UsageError(
      `There is no warm-up recipe for size “${size}” at level ${level}; there are ${known.join(', ')}.`,
    );
  }
  const stages = values.tokens ?? recipe.stages;
  if (!stages.every((budget, i) => budget > (stages[i - 1] ?? 0))) {
    throw new UsageError('--tokens must be one number of tokens, or rising ones with commas (12e6,22e6).');
  }
  return {
    size,
    level,
    seed: values.seed ?? recipe.seed,
    stages,
    habit: values.habit ?? recipe.habit,
    python,
    tasksPerTier: values['tasks-per-tier'],
    scoreOnly: values['score-only'],
  };
}
