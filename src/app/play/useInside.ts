/** The try that is looked into. */
import { create } from 'zustand';
import type { Inside, PlayedTask, Try } from '../../run/visit.ts';

interface InsideState {
  /** Null while nothing is open. */
  looked: { task: PlayedTask; tried: Try } | null;
  inside: Inside | null;
  problem: string;
}

export const useInside = create<InsideState>()(() => ({ looked: null, inside: null, problem: '' }));
