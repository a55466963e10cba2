import type { Exercise } from '../lesson.ts';

/** What one exercise is drawn with: its lesson, and its page as `pageKey` names it. */
export interface Asked<E extends Exercise> {
  exercise: E;
  lesson: string;
  page: string;
}
