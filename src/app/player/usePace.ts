import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { type Playing, SECONDS_PER_STEP } from '../../run/replay/player.ts';
import { useShelf } from '../context.tsx';

const NOTHING = createStore<Playing | null>(() => null);

/** Seconds a step takes where a recording is on the page; null where none is. */
export function usePace(): number | null {
  const player = useShelf((shelf) => shelf.player);
  const playing = useStore<typeof NOTHING, Playing | null>(player?.state ?? NOTHING, (state) => state);
  return playing && SECONDS_PER_STEP / playing.speed;
}
