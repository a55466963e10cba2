/**
 * Which inductions a straight line answers: the one search that the warm-up shows. What is left of them unanswered is
 * what self-play could gain by doing better what the base does already.
 */
import { fitLine } from '../tasks/differences.ts';
import { shownExamples } from '../tasks/induction.ts';
import type { Answered } from './answers.ts';
import { type Score, scoreOf } from './report.ts';

/** What an induction returns, and whether a line in x fits each value of the examples shown. */
export type Line = `${number} ${'linear' | 'other'}`;

/** The score of the inductions among the questions, by the number of values and by whether they are linear. */
export function linearScores(
  questions: readonly object[],
  answered: readonly Pick<Answered, 'correct' | 'thinks'>[],
): Partial<Record<Line, Score>> {
  const groups = new Map<Line, Pick<Answered, 'correct' | 'thinks'>[]>();
  questions.forEach((question, i) => {
    const shown =
      'examples' in question ? shownExamples(question as Parameters<typeof shownExamples>[0]) : [];
    const [first] = shown;
    if (!first) return;
    // At level 1 an output is an integer or a tuple of them.
    const values = first.output.split(',').length;
    const line: Line = `${values} ${fitLine(shown)?.program ? 'linear' : 'other'}`;
    groups.set(line, [...(groups.get(line) ?? []), answered[i]!]);
  });
  return Object.fromEntries([...groups].map(([line, own]) => [line, scoreOf(own)]));
}
