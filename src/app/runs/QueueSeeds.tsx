import { useState } from 'react';
import { PRESETS } from '../../config/presets.ts';
import { readSeeds } from '../../run/queue.ts';
import { setupOf } from '../../run/session.ts';
import { again, t } from '../../words/words.ts';
import { usePage, useQueue, useSession } from '../context.tsx';
import { Icon } from '../ui/Icon.tsx';

/** Runs the settings of the next start with several seeds, one after the other; comparing them is then one line. */
export function QueueSeeds() {
  const { queue, session } = usePage();
  const waiting = useQueue();
  const preset = useSession((state) => state.preset);
  const [text, setText] = useState('1, 2, 3');
  const [problem, setProblem] = useState('');
  const add = () => {
    try {
      const setup = setupOf(session.getState());
      queue.add(readSeeds(text).map((seed) => ({ ...setup, config: { ...setup.config, seed } })));
      setProblem('');
    } catch (error) {
      setProblem(again((error as Error).message));
    }
  };
  return (
    <form
      className="runs-queue"
      aria-label={t('Several seeds')}
      onSubmit={(submit) => {
        submit.preventDefault();
        add();
      }}
    >
      <label>
        {t('Run “{preset}”, as Settings have it, with seeds', { preset: again(PRESETS[preset].label) })}{' '}
        <input dir="ltr" value={text} onChange={(change) => setText(change.target.value)} size={12} />
      </label>
      <button type="submit" className="button">
        <Icon name="play" />
        {t('One after the other')}
      </button>
      {waiting.length > 0 && (
        <span role="status">
          {t(
            '{n, plural, one {Seed {seeds} waits while this page is open.} other {Seeds {seeds} wait while this page is open.}}',
            { n: waiting.length, seeds: waiting.map(({ config }) => config.seed).join(', ') },
          )}{' '}
          <button type="button" className="button button-quiet" onClick={() => queue.clear()}>
            {t('Drop')}
          </button>
        </span>
      )}
      {problem && (
        <span role="alert" className="runs-queue-problem">
          {problem}
        </span>
      )}
    </form>
  );
}
