/**
 * Which inductions the search of the warm-up answers: a line or one operation for each value. What is left of them
 * unanswered is what self-play could gain by doing better what the base does already.
 */
import { fitValues } from '../tasks/fits.ts';
import { shownExamples } from '../tasks/induction.ts';
import type { Triplet } from '../tasks/kind.ts';
import type { Answered } from './answers.ts';
import { type Score, scoresBy } from './report.ts';

/**
 * The score of the inductions among the questions, by the values of an example and whether the search finds something
 * that gives each in the examples shown: `2 found`, `3 other`.
 */
export function fitScores(
  questions: readonly object[],
  answered: readonly Pick<Answered, 'correct' | 'thinks'>[],
): Record<string, Score> {
  return scoresBy(questions, answered, (question) => {
    const shown = 'examples' in question ? shownExamples(question as Triplet) : [];
    const [first] = shown;
    if (!first) return null;
    // At level 1 an output is an integer or a tuple of them.
    const values = first.output.split(',').length;
    return `${values} ${fitValues(shown)?.program ? 'found' : 'other'}`;
  });
}
