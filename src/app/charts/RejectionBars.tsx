import type { Rejection } from '../../tasks/kind.ts';
import { again, t } from '../../words/words.ts';
import { useRun } from '../context.tsx';
import { count } from '../format.ts';
import { REJECTION_TEXT } from '../text.ts';

/** Why proposals were refused, most frequent first, over the whole run. */
export function RejectionBars({ rows = 5 }: { rows?: number }) {
  const totals = useRun((run) => run.refused.totals);
  const sorted = (Object.entries(totals) as [Rejection, number][]).sort((p, q) => q[1] - p[1]);
  const most = sorted[0]?.[1] ?? 1;
  if (sorted.length === 0)
    return <p className="bars-empty">{t('Reasons for refusal will be counted here.')}</p>;
  return (
    <dl className="bars">
      {sorted.slice(0, rows).map(([rejection, times]) => (
        <div key={rejection} title={again(REJECTION_TEXT[rejection].meaning)}>
          <dt>{again(REJECTION_TEXT[rejection].name)}</dt>
          <dd>
            <span className="bars-bar" style={{ width: `${(times / most) * 100}%` }} aria-hidden="true" />
            {count(times)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
