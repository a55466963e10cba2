import type { PlayedTask, Try } from '../../run/visit.ts';
import { t } from '../../words/words.ts';
import { sentenceOf, useAsk } from './useAsk.ts';
import { useInside } from './useInside.ts';

/** The button below a try that opens it token by token. */
export function LookInside({ task, tried }: { task: PlayedTask; tried: Try }) {
  const ask = useAsk();
  const look = async () => {
    const looked = { task, tried };
    useInside.setState({ looked, inside: null, problem: '' });
    const tell = (changes: Partial<ReturnType<typeof useInside.getState>>) => {
      if (useInside.getState().looked === looked) useInside.setState(changes);
    };
    try {
      tell({ inside: await ask({ about: 'inside', task, tokens: tried.tokens }) });
    } catch (error) {
      tell({ problem: sentenceOf(error) });
    }
  };
  return (
    <button type="button" className="button button-quiet" onClick={look}>
      {t('Look inside')}
    </button>
  );
}
