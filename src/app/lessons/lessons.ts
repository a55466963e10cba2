/** Every lesson, in the order in which a class takes them. */
import { CLIMBING } from './chapters/climbing.ts';
import { HONEST } from './chapters/honest.ts';
import { LOOP } from './chapters/loop.ts';
import { QUESTION } from './chapters/question.ts';
import { SABOTAGE } from './chapters/sabotage.ts';
import { STUDENT } from './chapters/student.ts';
import { TASK } from './chapters/task.ts';
import { THINKING } from './chapters/thinking.ts';
import type { Exercise, Lesson } from './lesson.ts';

export const LESSONS: readonly Lesson[] = [
  TASK,
  LOOP,
  THINKING,
  QUESTION,
  CLIMBING,
  HONEST,
  SABOTAGE,
  STUDENT,
];

export function lessonNamed(id: string): Lesson | undefined {
  return LESSONS.find((lesson) => lesson.id === id);
}

/** The exercises of a lesson, in its order; those that stand in for live ones after them. */
export function exercisesOf({ pages }: Lesson): Exercise[] {
  return pages.flatMap(({ exercise }) =>
    exercise?.type === 'do' && exercise.live ? [exercise, exercise.live.exercise] : (exercise ?? []),
  );
}
