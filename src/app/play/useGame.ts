import { create } from 'zustand';

export type Game = 'versus' | 'write';

/** What is played. It outlives a look at another view. */
export const useGame = create<{ game: Game }>()(() => ({ game: 'versus' }));
