/** What a lesson's page has changed on the page beside it, for as long as it is open. */
import { create } from 'zustand';
import type { Scene } from './lesson.ts';

interface Beside {
  /** Panels that are left out. */
  hide: NonNullable<Scene['hide']>;
  /** The lesson's page whose scene is set, as {@link pageKey} names it; empty while one is being set. */
  setFor: string;
  /** Why its scene is not there, in a plain sentence; empty where it is. */
  problem: string;
}

export const NOTHING_BESIDE: Beside = { hide: [], setFor: '', problem: '' };

export const useBeside = create<Beside>()(() => NOTHING_BESIDE);

export const pageKey = (lesson: string, page: number): string => `${lesson}/${page}`;
