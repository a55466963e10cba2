import { SEED_PROGRAMS, shownSeed } from '../language/seedPrograms.ts';
import { useSession } from './context.tsx';

/** What a run of this set-up begins from. */
export interface Beginning {
  /** The text of its programs as people read it; null when it begins from nothing. */
  text: string | null;
  programs: number;
  /** Whether the text is the reader's own. */
  isOwn: boolean;
}

export function useBeginning(): Beginning {
  const own = useSession(({ seedProgram }) => seedProgram);
  const builtIn = useSession(({ config }) => SEED_PROGRAMS[config.seedProgram]);
  const text = own ?? (builtIn && shownSeed(builtIn));
  return { text, programs: text === null ? 0 : functionsIn(text), isOwn: own !== null };
}

/** Functions that the text seems to have; Python counts them when they are checked. */
function functionsIn(text: string): number {
  return Math.max(1, text.match(/^def\b/gm)?.length ?? 0);
}
