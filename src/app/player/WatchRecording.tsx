import { useState } from 'react';
import { again, t } from '../../words/words.ts';
import { usePage } from '../context.tsx';
import { Rich } from '../language/Rich.tsx';
import './player.css';

/** The way to the shipped recording, for who does not want to wait for a run. */
export function WatchRecording() {
  const { keeper } = usePage();
  const [said, setSaid] = useState('');
  const watch = async () => {
    setSaid(t('Loading the recording …'));
    try {
      await keeper.playNamed('demo');
      keeper.shelf.getState().player?.play();
    } catch (error) {
      setSaid(error instanceof Error ? again(error.message) : String(error));
    }
  };
  return (
    <span>
      <Rich
        text="<button>Watch a recorded run</button>, without waiting."
        parts={{
          button: <button type="button" className="watch-recording" onClick={() => void watch()} />,
        }}
      />{' '}
      <span role="status">{said}</span>
    </span>
  );
}
