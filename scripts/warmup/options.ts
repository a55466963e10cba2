/** The command line of `npm run warmup`. */
import { LEVEL_IDS, type LevelId, levelOf } from '../../src/language/level.ts';
import type { BaseRecipe } from '../../src/language/levelTypes.ts';
import type { SizeName } from '../../src/reasoner/config.ts';
import { type CommandLine, readCommandLine } from '../common/commandLine.ts';
import { list, number, text, toggle, whole } from '../common/flag.ts';
import { level } from '../common/levelFlag.ts';
import { UsageError } from '../common/usageError.ts';

export interface WarmUpOptions extends Pick<BaseRecipe, 'seed' | 'stages' | 'priorCotRate'> {
  size: SizeName;
  level: LevelId;
  python: string;
  tasksPerTier: number;
  scoreOnly: boolean;
  heldOutOnly: boolean;
}

const FLAGS = {
  size: text('NAME', 'of the base', 'small'),
  level: level('of the task language'),
  seed: whole([0, 4_294_967_295], 'of examples and weights; that of the recipe when not given'),
  tokens: list(
    'N,N',
    'tokens to train on, or rising budgets of several stages (12e6,22e6); those of the recipe when not given',
    Number,
  ),
  'prior-cot-rate': number(
    [0.01, 0.99],
    'share of examples that choose to think; that of the recipe when not given',
  ),
  python: text('FILE', 'a Python with PyTorch', process.env.KELVIN_PYTHON ?? 'python3'),
  'tasks-per-tier': whole([1, 10_000], 'held-out tasks by kind and tier, for the card', 200),
  'score-only': toggle('scores what is trained already, and writes the card anew'),
  'held-out-only': toggle('writes the held-out outcomes of the base that is shipped, and nothing else'),
};

const LINE: CommandLine<typeof FLAGS> = {
  usage: 'npm run warmup -- [flags]',
  about: `Makes a shipped base: writes examples, trains on them in PyTorch (bridge/README.md says what it needs), scores the
result on the held-out suites and puts weights, card and held-out outcomes into public/bases. runs/warmup-* keeps what going on needs.`,
  flags: FLAGS,
};

/** Throws a `UsageError` in one plain line, and `HelpAsked` on `--help`. */
export function readWarmUpOptions(args: readonly string[]): WarmUpOptions {
  const { values } = readCommandLine(args, LINE);
  const { level: id, python } = values;
  const size = values.size as SizeName;
  const recipe = levelOf(id).bases[size];
  if (!recipe) {
    const known = LEVEL_IDS.flatMap((of) =>
      Object.keys(levelOf(of).bases).map((name) => `${name} at level ${of}`),
    );
    throw new UsageError(
      `There is no warm-up recipe for size “${size}” at level ${id}; there are ${known.join(', ')}.`,
    );
  }
  const stages = values.tokens ?? recipe.stages;
  if (!stages.every((budget, i) => budget > (stages[i - 1] ?? 0))) {
    throw new UsageError('--tokens must be one number of tokens, or rising ones with commas (12e6,22e6).');
  }
  return {
    size,
    level: id,
    seed: values.seed ?? recipe.seed,
    stages,
    priorCotRate: values['prior-cot-rate'] ?? recipe.priorCotRate,
    python,
    tasksPerTier: values['tasks-per-tier'],
    scoreOnly: values['score-only'],
    heldOutOnly: values['held-out-only'],
  };
}
