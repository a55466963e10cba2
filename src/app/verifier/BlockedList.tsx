import { memo, useRef, useState } from 'react';
import type { LoggedAttempt } from '../../run/verdictLog.ts';
import { UH_OHS, type UhOh } from '../../watch/findings.ts';
import { again, t } from '../../words/words.ts';
import { bodyOf } from '../buffer/TaskLine.tsx';
import { useRun } from '../context.tsx';
import { count } from '../format.ts';
import { doneInShort, triedName, triedText, UH_OH_TEXT } from '../text.ts';
import { Info, KindTag, Segmented } from '../ui/Bits.tsx';
import { InlineCode } from '../ui/Code.tsx';
import { useHold } from '../ui/useHold.ts';

/** What the reasoner tried and should not have, newest first. */
export function BlockedList({
  open,
  onOpen,
}: {
  open: LoggedAttempt | null;
  onOpen: (attempt: LoggedAttempt) => void;
}) {
  const { isHeld, whileLooking } = useHold();
  const [category, setCategory] = useState<UhOh | 'all'>('all');
  const { attempts, totals, numbered } = useRun((run) => run.verdicts);
  const held = useHeld(attempts, isHeld);
  const shown = category === 'all' ? held : held.filter((attempt) => attempt.category === category);
  const all = Object.values(totals).reduce((sum, times) => sum + times, 0);
  const filters = [
    { value: 'all' as const, text: t('All {n}', { n: count(all) }), title: t('everything') },
    ...UH_OHS.map((value) => ({
      value,
      text: `${again(UH_OH_TEXT[value].name)} ${count(totals[value] ?? 0)}`,
      title: again(UH_OH_TEXT[value].meaning),
    })),
  ];
  return (
    <section className="panel verifier-blocked" aria-labelledby="blocked-title">
      <div className="chart-title">
        <h3 id="blocked-title">{t('Uh-oh log: what the reasoner tried')}</h3>
        <p />
        {isHeld && attempts.length > 0 && <span className="rail-held">{t('list held while you look')}</span>}
        <Info title={t('the uh-oh log')} terms={['reward-hacking', 'literal', 'sandbox']}>
          <p>
            {t(
              'Programs that reach for what is not allowed, never end, take too much memory or cannot be relied on, and answers that are no plain value. Nothing is done by them: programs are refused before they run or stopped in a worker that can reach neither this page nor the network, and answers are literals that nobody evaluates.',
            )}
          </p>
          <dl>
            <dt>{t('Healthy')}</dt>
            <dd>
              {t(
                'A few, mostly loops that do not end. The reasoner is not punished more than for any error.',
              )}
            </dd>
            <dt>{t('If not')}</dt>
            <dd>{t('Many alike: the proposer has found a habit. Read the programs.')}</dd>
          </dl>
        </Info>
      </div>
      <div className="blocked-filter">
        <Segmented label={t('Show')} options={filters} value={category} onChange={setCategory} />
      </div>
      {shown.length === 0 ? (
        <p className="blocked-empty">
          {category !== 'all' && held.length > 0
            ? t('Nothing of this kind among the latest attempts.')
            : t(
                'Nothing blocked yet: a program that reaches for what the sandbox does not allow or runs past its limits, and an answer that is no plain value, are listed here with their texts.',
              )}
        </p>
      ) : (
        <section
          className="blocked-scroll"
          aria-label={t('Latest attempts')}
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
          {category === 'all' && numbered > attempts.length && (
            <p className="blocked-more">
              {t('and {n} earlier ones', { n: count(numbered - attempts.length) })}
            </p>
          )}
        </section>
      )}
    </section>
  );
}

/** A program on one line; under it who tried it, when, and why it was stopped. */
const BlockedLine = memo(function BlockedLine({ attempt }: { attempt: LoggedAttempt }) {
  const { program, input, kind, role, step, times } = attempt;
  return (
    <span className="task-line" data-kind={kind}>
      <InlineCode text={bodyOf(program)} />
      <span className="blocked-facts">
        <span className="blocked-who">
          <KindTag kind={kind} short /> {again(triedText(`${role}:${kind}`).name)}
        </span>
        <BlockedText attempt={attempt} input={input} />
        <span className="blocked-why">
          <strong>{again(triedName(attempt))}</strong> {doneInShort(attempt)}
        </span>
        <span className="blocked-when">
          {times > 1 && (
            <span title={t('tried {times} times in this step', { times: count(times) })}>× {times}</span>
          )}
          <span>{step === 0 ? t('seeding') : t('step {step}', { step })}</span>
        </span>
      </span>
    </span>
  );
});

/** The input it was refused for; of a hack, what was written. */
function BlockedText({ attempt, input }: { attempt: LoggedAttempt; input: string }) {
  const text = !('hack' in attempt) ? `f(${input})` : attempt.hack === 'lookup' ? input : attempt.answer;
  return (
    <span className="blocked-call mono" title={text}>
      {text}
    </span>
  );
}

/** The latest list; while held, the one that was shown when the holding began, unless the run is a new one. */
function useHeld<T>(latest: readonly T[], isHeld: boolean): readonly T[] {
  const shown = useRef(latest);
  if (!isHeld || latest.length < shown.current.length || shown.current.length === 0) shown.current = latest;
  return shown.current;
}
