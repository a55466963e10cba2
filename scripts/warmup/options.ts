/** The command line of `npm run warmup`. */
import {
  BASE_TEXT,
  BASE_VARIANTS,
  type BaseVariant,
  LEVEL_IDS,
  type LevelId,
  levelOf,
  recipeOf,
} from '../../src/language/level.ts';
import type { BaseRecipe } from '../../src/language/levelTypes.ts';
import type { SizeName } from '../../src/reasoner/config.ts';
import { type CommandLine, readCommandLine } from '../common/commandLine.ts';
import { choice, number, text, toggle, whole } from '../common/flag.ts';
import { level } from '../common/levelFlag.ts';
import { UsageError } from '../common/usageError.ts';
import { BATCH, PEAK_RATE } from './train.ts';

export interface WarmUpOptions
  extends Pick<BaseRecipe, 'seed' | 'continues' | 'tokens' | 'priorCotRate' | 'tiers'> {
  size: SizeName;
  variant: BaseVariant;
  level: LevelId;
  batch: number;
  rate: number;
  tasksPerTier: number;
  heldOutOnly: boolean;
  /** That makes this base. */
  command: string;
}

const FLAGS = {
  size: text('NAME', 'of the base', 'small'),
  base: choice(
    BASE_VARIANTS,
    `which one: ${BASE_VARIANTS.map((variant) => `${variant} ${BASE_TEXT[variant].does}`).join('; ')}`,
    'shipped',
  ),
  level: level('of the task language'),
  seed: whole([0, 4_294_967_295], 'of examples and weights; that of the recipe when not given'),
  tokens: number([1, 1e12], 'to train on in one stage; those of the recipe when not given'),
  'prior-cot-rate': number(
    [0.01, 0.99],
    'share of examples that choose to think; that of the recipe when not given',
  ),
  batch: whole([1, 256], 'sequences of an update', BATCH),
  rate: number(
    [1e-5, 1],
    `peak of the learning rate, by default ${PEAK_RATE}; a third of it from another base`,
  ),
  'tasks-per-tier': whole([1, 10_000], 'held-out tasks by kind and tier, for the card', 200),
  'held-out-only': toggle('answers the held-out suites anew, for a base that is there'),
};

const LINE: CommandLine<typeof FLAGS> = {
  usage: 'npm run warmup -- [flags]',
  about: `Makes a base that runs can begin from: trains a reasoner on the warm-up's examples, on all cores, from random weights or, where its
recipe says so, from another base in public/bases; scores the result on the held-out suites and puts weights and card
into public/bases. Stages that are finished stay in runs/warmup and are not trained again.`,
  flags: FLAGS,
};

/** Throws a `UsageError` in one plain line, and `HelpAsked` on `--help`. */
export function readWarmUpOptions(args: readonly string[]): WarmUpOptions {
  const { values } = readCommandLine(args, LINE);
  const { level: id, base: variant } = values;
  const size = values.size as SizeName;
  const recipe = recipeOf(id, size, variant);
  if (!recipe) {
    const known = LEVEL_IDS.flatMap((of) =>
      levelOf(of).bases.map((each) => `“${each.variant}” of ${each.size} at level ${of}`),
    );
    throw new UsageError(
      `There is no recipe of a “${variant}” base of size “${size}” at level ${id}; there are ${known.join(', ')}.`,
    );
  }
  return {
    size,
    variant,
    level: id,
    seed: values.seed ?? recipe.seed,
    continues: recipe.continues,
    tokens: values.tokens === null ? recipe.tokens : [values.tokens],
    priorCotRate: values['prior-cot-rate'] ?? recipe.priorCotRate,
    tiers: recipe.tiers,
    batch: values.batch,
    rate: values.rate ?? PEAK_RATE,
    tasksPerTier: values['tasks-per-tier'],
    heldOutOnly: values['held-out-only'],
    command: ['npm run warmup --', ...args.filter((arg) => arg !== '--held-out-only')].join(' '),
  };
}
