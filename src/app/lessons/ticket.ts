/** The exit ticket: what a pupil answered in a lesson, in words. It has no name, and goes nowhere by itself. */
import { again, t } from '../../words/words.ts';
import { compact, count, day, percent } from '../format.ts';
import { spansOf } from '../glossary/parse.ts';
import { type Answer, answerTo, type useAnswers } from './answers.ts';
import { isAllRight } from './exercises/allRight.ts';
import type { CurveExercise, Exercise, Lesson } from './lesson.ts';
import { exercisesOf } from './lessons.ts';

interface TicketLine {
  question: string;
  answer: string;
}

export type Answers = ReturnType<typeof useAnswers.getState>[string];

/** Every exercise of the lesson with what was answered; of those that stand in for others only what was. */
export function ticketOf(lesson: Lesson, answers: Answers | undefined): TicketLine[] {
  const onPages = new Set(lesson.pages.map(({ exercise }) => exercise?.id));
  return exercisesOf(lesson)
    .filter(({ id }) => onPages.has(id) || answers?.[id] !== undefined)
    .map((exercise) => ({
      question: plain(again(exercise.question)),
      answer: answerIn(exercise, answers) ?? t('(no answer)'),
    }));
}

/** The ticket as a text file. */
export function ticketText(lesson: Lesson, answers: Answers | undefined, on: Date): string {
  const lines = ticketOf(lesson, answers).map(
    ({ question, answer }, at) => `${at + 1}. ${question}\n   ${answer.replaceAll('\n', '\n   ')}`,
  );
  return `${[`Kelvin · ${again(lesson.title)}`, day(on), '', ...lines].join('\n')}\n`;
}

/** An answer in words; null where there is none. */
function answerIn(exercise: Exercise, answers: Answers | undefined): string | null {
  switch (exercise.type) {
    case 'choice': {
      const answer = answerTo(answers, exercise);
      if (!answer) return null;
      const chosen = exercise.options
        .filter((_, at) => answer.chosen.includes(at))
        .map(({ text }) => plain(again(text)))
        .join('; ');
      return isAllRight(exercise, answer.chosen)
        ? t('{chosen} (right)', { chosen })
        : t('{chosen} (not right)', { chosen });
    }
    case 'count': {
      const answer = answerTo(answers, exercise);
      return answer
        ? t('{guess}; it was {truth}', { guess: count(answer.guess), truth: count(answer.truth) })
        : null;
    }
    case 'curve':
      return curveSaid(exercise, answerTo(answers, exercise));
    case 'solve': {
      const answer = answerTo(answers, exercise);
      if (!answer) return null;
      const { answer: written, outcome } = answer;
      if (outcome === 'given up') return t('had a right answer shown');
      return outcome === 'right'
        ? t('{chosen} (right)', { chosen: written })
        : t('{chosen} (not right)', { chosen: written });
    }
    case 'do':
      return answerTo(answers, exercise) ? t('done') : null;
    case 'open':
      return answerTo(answers, exercise)?.text.trim() || null;
  }
}

function curveSaid(
  { at, unit }: CurveExercise,
  answer: Extract<Answer, { type: 'curve' }> | undefined,
): string | null {
  if (!answer) return null;
  const format = unit === 'share' ? percent : compact;
  return at
    .map((step, index) =>
      t('step {step}: {guess}, it was {truth}', {
        step: `${step}`,
        guess: format(answer.guess[index] ?? 0),
        truth: answer.truth[index] == null ? '–' : format(answer.truth[index]),
      }),
    )
    .join('\n');
}

/** Without its marks. */
function plain(text: string): string {
  return spansOf(text)
    .map((span) => span.text)
    .join('');
}
