import { useMemo } from 'react';
import { msg, t } from '../../words/words.ts';
import type { Line } from '../charts/line.ts';
import { Plot } from '../charts/Plot.tsx';
import { useRun } from '../context.tsx';
import { compact, count } from '../format.ts';
import './warmUp.css';

const LINES: readonly Line[] = [{ label: msg('loss'), colour: '--ink' }];
const nothing = () => undefined;

/** The supervised loss while the reasoner learns the language of tasks. */
export function WarmUpCurve() {
  const points = useRun((run) => run.warmUp);
  const last = points.at(-1);
  const data = useMemo(
    () => ({ x: points.map(({ update }) => update), columns: [points.map(({ loss }) => loss)] }),
    [points],
  );
  return (
    <div className="warm-up">
      <div className="warm-up-plot">
        <Plot
          {...data}
          lines={LINES}
          smoothing={0.6}
          xSpan={last?.updates ?? 100}
          formatY={compact}
          label={t('Warm-up loss')}
          wordsAt={(index) =>
            t('update {update}, loss {loss}', {
              update: data.x[index] ?? 0,
              loss: compact(points[index]?.loss ?? 0),
            })
          }
          onCursor={nothing}
        />
      </div>
      <dl className="warm-up-facts">
        <dt>{t('Update')}</dt>
        <dd>{last ? t('{done} of {all}', { done: count(last.update), all: count(last.updates) }) : '–'}</dd>
        <dt>{t('Loss')}</dt>
        <dd>{last ? compact(last.loss) : '–'}</dd>
        <dt>{t('Tokens seen')}</dt>
        <dd>{last ? compact(last.tokens) : '–'}</dd>
      </dl>
    </div>
  );
}
