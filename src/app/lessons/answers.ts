/** What a pupil has answered: in the memory of the tab, and in the browser where it lets a page keep something. */
import { create } from 'zustand';
import type { Exercise } from './lesson.ts';

/** By the type of the exercise. */
interface AnswerOf {
  /** Places of the options that were taken. */
  choice: { chosen: number[] };
  /** The truth is noted with the guess once it was shown. */
  count: { guess: number; truth: number };
  curve: { guess: number[]; truth: (number | null)[] };
  solve: { answer: string; outcome: 'right' | 'wrong' | 'given up' };
  do: { isDone: true };
  open: { text: string };
}

export type Answer = { [T in Exercise['type']]: { type: T } & AnswerOf[T] }[Exercise['type']];
type AnswersOfLesson = Readonly<Record<string, Answer>>;

const KEY = 'kelvin-lessons';

/** By lesson, then by exercise. */
export const useAnswers = create<Readonly<Record<string, AnswersOfLesson>>>()(() => stored());

/** Notes an answer; a later one takes its place. */
export function note(lesson: string, exercise: string, answer: Answer): void {
  useAnswers.setState((all) => ({ [lesson]: { ...all[lesson], [exercise]: answer } }));
  store();
}

/** Forgets what was answered in a lesson, for whoever comes to this machine next. */
export function forgetAnswers(lesson: string): void {
  useAnswers.setState({ [lesson]: {} });
  store();
}

/** The answer to an exercise of that type; undefined where there is none. */
export function answerTo<T extends Exercise['type']>(
  answers: AnswersOfLesson | undefined,
  { id, type }: { id: string; type: T },
): Extract<Answer, { type: T }> | undefined {
  const answer = answers?.[id];
  return answer?.type === type ? (answer as Extract<Answer, { type: T }>) : undefined;
}

function stored(): Record<string, AnswersOfLesson> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, AnswersOfLesson>) : {};
  } catch {
    return {};
  }
}

function store(): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(useAnswers.getState()));
  } catch {
    // A frame without storage, or a full one: the answers are in the memory still, and leave from there.
  }
}
