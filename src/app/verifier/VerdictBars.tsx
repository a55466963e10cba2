import { again, msg, t } from '../../words/words.ts';
import { Basis } from '../charts/Basis.tsx';
import { useRun } from '../context.tsx';
import { count, percent } from '../format.ts';
import { SANDBOX_VERDICT_TEXT } from '../text.ts';
import { Info } from '../ui/Bits.tsx';
import { type VerdictRow, verdictRows } from './verdicts.ts';

/** What Python said of everything the reasoner had it run, proposals and answers apart. */
export function VerdictBars() {
  const counts = useRun((run) => run.verdicts.counts);
  const { accepted, refused } = verdictRows(counts);
  const refusals = refused.reduce((sum, { total }) => sum + total, 0);
  const all = accepted.total + refusals;
  const most = Math.max(1, refused[0]?.total ?? 0);
  return (
    <section className="panel verifier-verdicts" aria-labelledby="verdicts-title">
      <div className="chart-title">
        <h3 id="verdicts-title">{t('Verdicts by reason')}</h3>
        <p className="verdicts-key">
          <span data-role="propose">{t('proposals')}</span>
          <span data-role="solve">{t('answers')}</span>
        </p>
        <Info title={t('Verdicts by reason')} terms={['verdict', 'sandbox']}>
          <p>
            {t(
              'One verdict for every proposal and every answer that had to be run. A proposal is a program with its input; an answer is a program (induction) or an input (abduction). Where several inputs were run, one refusal refuses them all.',
            )}
          </p>
          <dl>
            <dt>{t('Healthy')}</dt>
            <dd>{t('Most are accepted; what is refused is an honest mistake: an error, a bad input.')}</dd>
            <dt>{t('If not')}</dt>
            <dd>
              {t(
                'Many of one reason: read those programs in the uh-oh log. The first bar is a share of all, the others compare the refusals with each other.',
              )}
            </dd>
            <Basis
              formulas={[
                msg(
                  'share of a verdict = times it was given / all verdicts; bar of a refusal = times it was given / times of the most frequent one',
                ),
              ]}
              keys={['proposalsPerKind', 'attemptsPerTask', 'rewardInvalid', 'sandboxWorkers']}
            />
          </dl>
        </Info>
      </div>
      <section
        className="verdicts-scroll"
        aria-label={t('Counts')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
      >
        <dl className="verdicts">
          <Row row={accepted} of={Math.max(1, all)} all={all} />
        </dl>
        <dl className="verdicts verdicts-refused" aria-label={t('Refused')}>
          {refused.map((row) => (
            <Row key={row.verdict} row={row} of={most} all={all} />
          ))}
        </dl>
      </section>
    </section>
  );
}

/** A verdict: its bar, whole at `of`, how often it was given and its share of `all`. */
function Row({ row, of, all }: { row: VerdictRow; of: number; all: number }) {
  const { verdict, propose, solve, total } = row;
  const name = again(SANDBOX_VERDICT_TEXT[verdict].name);
  const meaning = again(SANDBOX_VERDICT_TEXT[verdict].meaning);
  return (
    <div data-verdict={verdict} data-none={total === 0} title={`${name}: ${meaning}`}>
      <dt>{name}</dt>
      <dd>
        <span className="verdicts-bar" aria-hidden="true">
          <span data-role="propose" style={{ width: `${(100 * propose) / of}%` }} />
          <span data-role="solve" style={{ width: `${(100 * solve) / of}%` }} />
        </span>
        <span className="verdicts-total">{count(total)}</span>
        <span className="verdicts-share">{total > 0 && share(total / all)}</span>
        {total > 0 && (
          <span className="visually-hidden">
            ,{' '}
            {t('of them {proposals} proposals and {answers} answers', {
              proposals: count(propose),
              answers: count(solve),
            })}
          </span>
        )}
      </dd>
    </div>
  );
}

function share(part: number): string {
  return part < 0.005 ? '< 1 %' : percent(part);
}
