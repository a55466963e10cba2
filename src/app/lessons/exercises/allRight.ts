import type { ChoiceExercise } from '../lesson.ts';

/** Whether exactly the right options were taken. */
export function isAllRight({ options }: ChoiceExercise, chosen: readonly number[]): boolean {
  return options.every(({ isRight }, at) => isRight === chosen.includes(at));
}
