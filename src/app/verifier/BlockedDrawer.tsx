import type { Attempted } from '../../run/verdictLog.ts';
import { again, t } from '../../words/words.ts';
import { count, withinSentence } from '../format.ts';
import { HACK_TEXT, lineOf, SANDBOX_VERDICT_TEXT, triedText, UH_OH_TEXT, whatWasDone } from '../text.ts';
import { KindTag } from '../ui/Bits.tsx';
import { Code } from '../ui/Code.tsx';
import { Drawer } from '../ui/Drawer.tsx';

/** One blocked attempt in full, beside the lab; the run goes on behind it. */
export function BlockedDrawer({ attempt, onClose }: { attempt: Attempted | null; onClose: () => void }) {
  const title =
    attempt?.step === 0
      ? t('Tried during the first filling')
      : t('Tried in step {step}', { step: attempt?.step ?? 0 });
  return (
    <Drawer title={title} isOpen={attempt !== null} onClose={onClose}>
      {attempt && <Details attempt={attempt} />}
    </Drawer>
  );
}

function Details({ attempt }: { attempt: Attempted }) {
  const { kind, role, category, program, input, times } = attempt;
  const isHack = 'hack' in attempt;
  const { name, meaning } = isHack ? HACK_TEXT[attempt.hack] : SANDBOX_VERDICT_TEXT[attempt.refusal];
  const tried = triedText(`${role}:${kind}`);
  const isWritten = isHack && attempt.hack !== 'lookup';
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="drawer-body" data-kind={kind} tabIndex={0} aria-label={t('What was tried')}>
      <p className="details-kind">
        <KindTag kind={kind} /> {again(tried.name)}
        <span className="muted">, {withinSentence(again(UH_OH_TEXT[category].name))}</span>
        {times > 1 && (
          <span className="muted">, {t('tried {times} times in this step', { times: count(times) })}</span>
        )}
      </p>
      <p className="muted">
        {isWritten ? t('The reasoner wrote this where only a literal counts.') : again(tried.meaning)}
      </p>
      <div className="details-code">
        <Code text={program} numbered marked={isHack ? null : lineOf(attempt.detail)} />
      </div>
      <dl className="details-io">
        {!(isWritten && attempt.answer === input) && (
          <>
            <dt>{isHack && !isWritten ? t('shown') : t('input')}</dt>
            <dd className="mono">{input === '' ? t('(none)') : input}</dd>
          </>
        )}
        {isWritten && (
          <>
            <dt>{t('wrote')}</dt>
            <dd className="mono">{attempt.answer}</dd>
          </>
        )}
        <dt>{t('tried')}</dt>
        <dd>
          {again(name)} <span className="muted">({again(meaning)})</span>
        </dd>
        <dt>{t('done')}</dt>
        <dd>{whatWasDone(attempt)}</dd>
      </dl>
    </section>
  );
}
