import { useEffect, useState } from 'react';
import { heldOutScore } from '../../run/heldOutScore.ts';
import { t } from '../../words/words.ts';
import { useRun } from '../context.tsx';
import { count, percent } from '../format.ts';

/**
 * How the run comes on, for those who hear the page: a sentence at every evaluation, which is seldom enough not to talk
 * over everything else. It stands until the next one.
 */
export function Told() {
  const config = useRun((run) => run.config);
  const last = useRun((run) => run.metrics.last);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (last === null) setSaid('');
    if (!last?.heldOut || !config) return;
    const { mean } = heldOutScore(last.heldOut, config);
    setSaid(
      t('Step {step} of {steps}: {share} of the held-out tasks are right.', {
        step: count(last.step),
        steps: count(config.steps),
        share: percent(mean),
      }),
    );
  }, [last, config]);
  return (
    <p className="visually-hidden" role="status">
      {said}
    </p>
  );
}
