/**
 * Levels of the task language: each a typed generator of programs with their small-step interpreter. They stand in
 * for the pretraining of AZR's base model: they write warm-up examples, held-out suites and the tasks of controls,
 * never a task of self-play.
 */
import { WARM_UP_TIERS } from './grammar.ts';
import { LEVEL_1 } from './level1/level.ts';
import { LEVEL_2 } from './level2/level.ts';
import { BASE_VARIANTS, type BaseRecipe, type BaseVariant, type Level } from './levelTypes.ts';

export { BASE_TEXT, BASE_VARIANTS, type BaseVariant, type Level, type LevelProgram } from './levelTypes.ts';

/** Every level. A new one is a folder and a line here. */
const LEVELS = { 1: LEVEL_1, 2: LEVEL_2 } satisfies Record<number, Level>;
export type LevelId = keyof typeof LEVELS;
export const LEVEL_IDS = Object.keys(LEVELS).map(Number) as readonly LevelId[];

/** The level of a number. */
export function levelOf(id: LevelId): Level {
  return LEVELS[id];
}

/** The recipe of a base; undefined where there is none. */
export function recipeOf(id: LevelId, size: string, variant: BaseVariant): BaseRecipe | undefined {
  return levelOf(id).bases.find((recipe) => recipe.size === size && recipe.variant === variant);
}

/** What a run begins from, as its configuration says it. */
export interface RunBase {
  level: LevelId;
  size: string;
  /** Which of the shipped bases, or one that is warmed up in the tab. */
  base: BaseVariant | 'warm-up';
}

/** The highest tier that the base of a run was shown; whatever is longer is new to it. */
export function lastTierShown({ level, size, base }: RunBase): number {
  const recipe = base === 'warm-up' ? undefined : recipeOf(level, size, base);
  return (recipe?.tiers ?? WARM_UP_TIERS).length;
}

/** The sizes of which the page has a base, so that a run can begin without a warm-up. */
function shippedSizes(id: LevelId, variant: BaseVariant): string[] {
  return levelOf(id).bases.flatMap((recipe) =>
    recipe.isShipped && recipe.variant === variant ? [recipe.size] : [],
  );
}

export function hasShippedBase(size: string, id: LevelId, variant: BaseVariant): boolean {
  return shippedSizes(id, variant).includes(size);
}

/** Which bases the page has, in a sentence. */
export function shippedBasesText(): string {
  const ofLevel = (level: LevelId) =>
    BASE_VARIANTS.flatMap((variant) => {
      const sizes = shippedSizes(level, variant);
      return sizes.length > 0 ? [`“${variant}” of ${sizes.join(', ')}`] : [];
    }).join(' and ');
  return `There are shipped bases of level ${LEVEL_IDS.map((level) => `${level}: ${ofLevel(level)}`).join('; of level ')}.`;
}
