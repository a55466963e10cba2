import { changedKeys } from '../../config/hyperparameters.ts';
import { PRESETS, presetConfig } from '../../config/presets.ts';
import { areSameSetups, type Setup } from '../../run/session.ts';
import { again, t } from '../../words/words.ts';
import { useRun, useSession, useShelf } from '../context.tsx';

/** How many values differ from the preset, the seed aside. */
function changesOf({ preset, config }: Setup): number {
  return changedKeys(config, presetConfig(preset)).filter((key) => key !== 'seed').length;
}

/** In a few words what it is: `Demo, nano, 2 changed`. */
function setupName(setup: Setup): string {
  const changes = changesOf(setup);
  return [
    again(PRESETS[setup.preset].label),
    ...(changes > 0 ? [t('{changes} changed', { changes })] : []),
    ...(setup.ownBase ? [t('own base')] : []),
  ].join(', ');
}

/** What the page shows and what it would start, each by name. */
interface TwoSetups {
  /** The run on the page, and in a word what it does there; null where there is none, or where the next start would run the same. */
  running: { setup: Setup; name: string; word: string } | null;
  next: { setup: Setup; name: string };
}

export function useSetups(): TwoSetups {
  const setup = useShelf((shelf) => shelf.setup);
  const isShown = useShelf((shelf) => shelf.shown !== null);
  const isRecording = useShelf((shelf) => shelf.player !== null);
  const isOver = useRun(({ state }) => state === 'finished' || state === 'failed');
  const next: Setup = useSession((session) => session);
  if (setup === null || areSameSetups(setup, next)) {
    return { running: null, next: { setup: next, name: setupName(next) } };
  }
  const isOtherSeed = setup.config.seed !== next.config.seed;
  const seeded = (of: Setup) =>
    isOtherSeed
      ? t('{setup}, seed {seed}', { setup: setupName(of), seed: String(of.config.seed) })
      : setupName(of);
  const word = isRecording ? t('Recording') : isOver || isShown ? t('On the page') : t('Running');
  return {
    running: { setup, name: seeded(setup), word },
    next: { setup: next, name: seeded(next) },
  };
}
