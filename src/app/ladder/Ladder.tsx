import { useId, useMemo, useState } from 'react';
import { DEFAULTS } from '../../config/hyperparameters.ts';
import { LAST_WARM_UP_TIER, linesOfTier } from '../../language/grammar.ts';
import { type Axis, xAxis } from '../charts/useColumns.ts';
import { useRun } from '../context.tsx';
import { percent } from '../format.ts';
import { Info } from '../ui/Bits.tsx';
import { LadderDrawer } from './LadderDrawer.tsx';
import { LadderTable } from './LadderTable.tsx';
import { RungPlot } from './RungPlot.tsx';
import { type Rung, rungsOf } from './rungs.ts';
import './ladder.css';

const TITLE = 'The ladder';
/** More rungs than these stand closer together. */
const MANY_RUNGS = 6;

/** Held-out accuracy by length of the program, the longest on top: rows that fill from below as the reasoner climbs. */
export function Ladder({ axis }: { axis: Axis }) {
  const id = useId();
  const { revision, columns } = useRun((run) => run.metrics);
  const base = useRun((run) => run.base);
  const tiers = useRun((run) => run.config?.evaluationTiers ?? DEFAULTS.evaluationTiers);
  const hasExamples = useRun((run) => run.ladder !== null);
  const [open, setOpen] = useState<number | null>(null);
  const { rungs, xMax, xName, formatX } = useMemo(() => {
    void revision;
    const { x, xSpan, ...names } = xAxis(columns, axis);
    return { ...names, rungs: rungsOf(columns, x, base, tiers, xSpan), xMax: Math.max(xSpan, x.at(-1) ?? 0) };
  }, [revision, columns, axis, base, tiers]);
  const shown = rungs.toReversed();

  return (
    <section className="panel ladder" aria-labelledby={id}>
      <div className="ladder-title">
        <h3 id={id}>{TITLE}</h3>
        <p className="ladder-key">
          <span data-key="now">right today</span>
          <span data-key="forced">base, told to think</span>
          <span data-key="tasks">its own new tasks</span>
        </p>
        <Info title={TITLE} terms={['ladder', 'held-out', 'difficulty', 'forced-chain-of-thought']}>
          <p>
            One row for each length of program, the longest on top. The line is the share of held-out programs
            of that length that are answered right; the dashed line is the base told to think. The strip below
            it shows how many of the tasks that the reasoner gave itself are that long: the darker, the more.
          </p>
          <dl>
            <dt>Healthy</dt>
            <dd>The strips darken upwards, and the lines follow them, from below.</dd>
            <dt>If not</dt>
            <dd>
              If its own tasks stay short, raise Settings, Propose, “Composition”. If they grow and the lines
              do not follow, look at the errors by cause.
            </dd>
          </dl>
        </Info>
      </div>
      <div className="ladder-heads" aria-hidden="true">
        <span>lines</span>
        <span />
        <span>
          base <i>→</i> today
        </span>
      </div>
      <ul className="ladder-rungs" data-many={shown.length > MANY_RUNGS}>
        {shown.map((rung) => (
          <li key={rung.tier} data-limit={rung.tier === LAST_WARM_UP_TIER}>
            {rung.tier === LAST_WARM_UP_TIER && shown[0] !== rung && (
              <p className="ladder-limit">
                ↑ longer than anything it was shown ({linesOfTier(LAST_WARM_UP_TIER)[1]} lines)
              </p>
            )}
            <button
              type="button"
              className="rung"
              data-beyond={rung.isBeyondWarmUp}
              disabled={!hasExamples || rung.latest === null}
              title={hasExamples ? 'Show a program of this length' : 'Opens after the first step'}
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
        <span>{`${xName} 0`}</span>
        <span>{formatX(xMax)}</span>
      </div>
      <LadderTable title={TITLE} rungs={shown} xName={xName} formatX={formatX} />
      <LadderDrawer tier={open} onClose={() => setOpen(null)} />
    </section>
  );
}

/** The rest of a row for who cannot see it. */
function inWords({ latest, ceiling, newTasksNow }: Rung): string {
  const parts = [
    latest === null ? 'not measured' : `${percent(latest)} right today`,
    ceiling === null ? null : `base told to think ${percent(ceiling)}`,
    newTasksNow === null ? null : `${percent(newTasksNow)} of its new tasks`,
  ];
  return `lines: ${parts.filter((part) => part !== null).join(', ')}`;
}

/** In percent, without the sign. */
function number(share: number): string {
  return String(Math.round(100 * share));
}
