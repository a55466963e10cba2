import { useId, useMemo, useState } from 'react';
import { linesOfTier } from '../../language/grammar.ts';
import { lastTierShown } from '../../language/level.ts';
import { METRICS } from '../../watch/metrics/table.ts';
import { t } from '../../words/words.ts';
import { type Axis, xAxis } from '../charts/axis.ts';
import { Basis } from '../charts/Basis.tsx';
import { useRun, useSession } from '../context.tsx';
import { percent } from '../format.ts';
import { Rich } from '../language/Rich.tsx';
import { Info } from '../ui/Bits.tsx';
import { LadderDrawer } from './LadderDrawer.tsx';
import { LadderTable } from './LadderTable.tsx';
import { RungPlot } from './RungPlot.tsx';
import { type Rung, rungsOf } from './rungs.ts';
import './ladder.css';

const { heldOut, newTaskLines } = METRICS;
/** More rungs than these stand closer together. */
const MANY_RUNGS = 6;

/** Held-out accuracy by length of the program, the longest on top: rows that fill from below as the reasoner climbs. */
export function Ladder({ axis }: { axis: Axis }) {
  const id = useId();
  const { revision, columns } = useRun((run) => run.metrics);
  const base = useRun((run) => run.base);
  const chosen = useSession(({ config }) => config);
  const config = useRun((run) => run.config) ?? chosen;
  const tiers = config.evaluationTiers;
  const lastShown = lastTierShown(config);
  const hasExamples = useRun((run) => run.ladder !== null);
  const title = t('The ladder');
  const [open, setOpen] = useState<number | null>(null);
  const { rungs, xMax, wordsX, formatX } = useMemo(() => {
    void revision;
    const { x, xSpan, ...names } = xAxis(columns, axis);
    return {
      ...names,
      rungs: rungsOf(columns, x, base, tiers, lastShown, xSpan),
      xMax: Math.max(xSpan, x.at(-1) ?? 0),
    };
  }, [revision, columns, axis, base, tiers, lastShown]);
  const shown = rungs.toReversed();

  return (
    <section className="panel ladder" aria-labelledby={id}>
      <div className="ladder-title">
        <h3 id={id}>{title}</h3>
        <p className="ladder-key">
          <span data-key="now">{t('right today')}</span>
          <span data-key="forced">{t('base, told to think')}</span>
          <span data-key="tasks">{t('its own new tasks')}</span>
        </p>
        <Info title={title} terms={['ladder', 'held-out', 'difficulty', 'forced-chain-of-thought']}>
          <p>
            {t(
              'One row for each length of program, the longest on top. The line is the share of held-out programs of that length that are answered right; the dashed line is the base told to think. The strip below it shows how many of the tasks that the reasoner gave itself are that long: the darker, the more.',
            )}
          </p>
          <dl>
            <dt>{t('Healthy')}</dt>
            <dd>{t('The strips darken upwards, and the lines follow them, from below.')}</dd>
            <dt>{t('If not')}</dt>
            <dd>
              {t(
                'If its own tasks stay short, raise Settings, Propose, “Composition”. If they grow and the lines do not follow, look at the errors by cause.',
              )}
            </dd>
            <Basis
              formulas={[heldOut.formula, newTaskLines.formula]}
              keys={[...heldOut.dependsOn, ...newTaskLines.dependsOn]}
            />
          </dl>
        </Info>
      </div>
      <div className="ladder-heads" aria-hidden="true">
        <span>{t('lines')}</span>
        <span />
        <span>
          <Rich text="base <i>→</i> today" parts={{ i: <i /> }} />
        </span>
      </div>
      <ul className="ladder-rungs" data-many={shown.length > MANY_RUNGS}>
        {shown.map((rung) => (
          <li key={rung.tier} data-limit={rung.tier === lastShown}>
            {rung.tier === lastShown && shown[0] !== rung && (
              <p className="ladder-limit">
                {t('↑ longer than anything it was shown ({lines} lines)', {
                  lines: linesOfTier(lastShown)[1],
                })}
              </p>
            )}
            <button
              type="button"
              className="rung"
              data-beyond={rung.isBeyondWarmUp}
              disabled={!hasExamples || rung.latest === null}
              title={hasExamples ? t('Show a program of this length') : t('Opens after the first step')}
              onClick={() => setOpen(rung.tier)}
            >
              <span className="rung-lines">
                {rung.lines}
                <span className="visually-hidden"> {inWords(rung)}</span>
              </span>
              <RungPlot rung={rung} xMax={xMax} />
              <span className="rung-numbers" aria-hidden="true">
                {rung.ceiling !== null && (
                  <>
                    <span>{number(rung.ceiling)}</span>
                    <i>→</i>
                  </>
                )}
                <strong>{rung.latest === null ? '–' : number(rung.latest)}</strong>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <div className="ladder-axis" aria-hidden="true">
        <span>{wordsX(0)}</span>
        <span>{formatX(xMax)}</span>
      </div>
      <LadderTable title={title} rungs={shown} wordsX={wordsX} />
      <LadderDrawer tier={open} onClose={() => setOpen(null)} />
    </section>
  );
}

/** The rest of a row for who cannot see it. */
function inWords({ latest, ceiling, newTasksNow }: Rung): string {
  const parts = [
    latest === null ? t('not measured') : t('{share} right today', { share: percent(latest) }),
    ceiling === null ? null : t('base told to think {share}', { share: percent(ceiling) }),
    newTasksNow === null ? null : t('{share} of its new tasks', { share: percent(newTasksNow) }),
  ];
  return t('lines: {facts}', { facts: parts.filter((part) => part !== null).join(', ') });
}

/** In percent, without the sign. */
function number(share: number): string {
  return String(Math.round(100 * share));
}
