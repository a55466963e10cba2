import { hasShippedBase } from '../language/level.ts';
import { SEED_PROGRAMS, shownSeed } from '../language/seedPrograms.ts';
import type { Setup } from '../run/session.ts';
import { t } from '../words/words.ts';
import { useSession } from './context.tsx';
import { count } from './format.ts';

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

/** Examples from which a warm-up is no matter of a minute. */
const MANY_EXAMPLES = 20_000;

/** What is done before the first step where no base is loaded, in a sentence; null where one is. */
export function warmUpCost({ config, ownBase }: Pick<Setup, 'config' | 'ownBase'>): string | null {
  const { base, size, level, warmUpUpdates, warmUpBatch } = config;
  if (base !== 'warm-up' || ownBase) return null;
  const isLong = warmUpUpdates * warmUpBatch >= MANY_EXAMPLES;
  const updates = count(warmUpUpdates);
  const work = isLong
    ? t(
        'Start first trains one here, for {updates} updates: minutes with a graphics card, an hour or many without.',
        { updates },
      )
    : t('Start first trains one here, for {updates} updates.', { updates });
  if (hasShippedBase(size, level, 'shipped')) return work;
  return `${t('There is no ready-made {size} base.', { size })} ${work}`;
}
