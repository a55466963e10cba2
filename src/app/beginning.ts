import { splitPrograms } from '../language/sourceText.ts';
import { useSession } from './context.tsx';
import { SEED_PROGRAMS } from './text.ts';

/** What a run of this set-up begins from: the text of its programs, how many they are, and whether they are the reader's. */
export function useBeginning(): { text: string | null; programs: number; isOwn: boolean } {
  const text = useSession(({ seedProgram, config }) => seedProgram ?? SEED_PROGRAMS[config.seedProgram]);
  const isOwn = useSession(({ seedProgram }) => seedProgram !== null);
  return { text, programs: text === null ? 0 : splitPrograms(text).length, isOwn };
}
