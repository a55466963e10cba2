import { memo, useRef } from 'react';
import type { RulingLog } from '../../run/rulingLog.ts';
import { BLOCKING } from '../../selfplay/metrics.ts';
import { bodyOf } from '../buffer/TaskLine.tsx';
import { useRun } from '../context.tsx';
import { count } from '../format.ts';
import { RULING_TEXT, TRIED_TEXT } from '../text.ts';
import { Info, KindTag } from '../ui/Bits.tsx';
import { InlineCode } from '../ui/Code.tsx';
import { useHold } from '../ui/useHold.ts';

type Numbered = RulingLog['blocked'][number];

/** What the reasoner tried and the sandbox did not let happen, newest first. */
export function BlockedList({
  open,
  onOpen,
}: {
  open: Numbered | null;
  onOpen: (attempt: Numbered) => void;
}) {
  const { isHeld, whileLooking } = useHold();
  const { blocked, blockedTotals, numbered } = useRun((run) => run.rulings);
  const shown = useHeld(blocked, isHeld);
  const totals = BLOCKING.filter((refusal) => blockedTotals[refusal])
    .map((refusal) => `${RULING_TEXT[refusal].name} ${count(blockedTotals[refusal] ?? 0)}`)
    .join(', ');
  return (
    <section className="panel verifier-blocked" aria-labelledby="blocked-title">
      <div className="chart-title">
        <h3 id="blocked-title">Blocked attempts</h3>
        <p title={totals}>{totals}</p>
        {isHeld && blocked.length > 0 && <span className="rail-held">list held while you look</span>}
        <Info title="Blocked attempts">
          <p>
            Programs that reach for what is not allowed, run too long, take too much memory or cannot be
            relied on. Nothing is done by them: they are refused before they run or stopped in a worker that
            can reach neither this page nor the network.
          </p>
          <dl>
            <dt>Healthy</dt>
            <dd>
              A few, mostly loops that do not end. The reasoner is not punished more than for any error.
            </dd>
            <dt>If not</dt>
            <dd>Many alike: the proposer has found a habit. Read the programs.</dd>
          </dl>
        </Info>
      </div>
      {shown.length === 0 ? (
        <p className="blocked-empty">
          Nothing blocked yet: a program that reaches for what the sandbox does not allow, or runs past its
          limits, is listed here with its text.
        </p>
      ) : (
        <section
          className="blocked-scroll"
          aria-label="Latest blocked attempts"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
          tabIndex={0}
          {...whileLooking}
        >
          <ol className="rail-list">
            {shown.map((attempt) => (
              <li key={attempt.number}>
                <button
                  type="button"
                  aria-haspopup="dialog"
                  aria-expanded={attempt.number === open?.number}
                  onClick={() => onOpen(attempt)}
                >
                  <BlockedLine attempt={attempt} />
                </button>
              </li>
            ))}
          </ol>
          {numbered > blocked.length && (
            <p className="blocked-more">and {count(numbered - blocked.length)} earlier ones</p>
          )}
        </section>
      )}
    </section>
  );
}

/** A program on one line; under it who tried it, when, and why it was stopped. */
const BlockedLine = memo(function BlockedLine({ attempt }: { attempt: Numbered }) {
  const { program, input, kind, role, step, refusal, detail, times } = attempt;
  return (
    <span className="task-line" data-kind={kind}>
      <InlineCode text={bodyOf(program)} />
      <span className="blocked-facts">
        <span className="blocked-who">
          <KindTag kind={kind} short /> {TRIED_TEXT[`${role}:${kind}`].name}
        </span>
        <span className="blocked-call mono" title={`f(${input})`}>
          f({input})
        </span>
        <span className="blocked-why">
          <strong>{RULING_TEXT[refusal].name}</strong> {detail}
        </span>
        <span className="blocked-when">
          {times > 1 && <span title={`tried ${times} times in this step`}>× {times}</span>}
          <span>{step === 0 ? 'seeding' : `step ${step}`}</span>
        </span>
      </span>
    </span>
  );
});

/** The latest list; while held, the one that was shown when the holding began, unless the run is a new one. */
function useHeld<T>(latest: readonly T[], isHeld: boolean): readonly T[] {
  const shown = useRef(latest);
  if (!isHeld || latest.length < shown.current.length || shown.current.length === 0) shown.current = latest;
  return shown.current;
}
