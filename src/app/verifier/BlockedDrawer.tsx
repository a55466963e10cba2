import type { Attempted } from '../../run/verdictLog.ts';
import { HACK_TEXT, lineOf, SANDBOX_VERDICT_TEXT, triedText, UH_OH_TEXT, whatWasDone } from '../text.ts';
import { KindTag } from '../ui/Bits.tsx';
import { Code } from '../ui/Code.tsx';
import { Drawer } from '../ui/Drawer.tsx';

/** One blocked attempt in full, beside the lab; the run goes on behind it. */
export function BlockedDrawer({ attempt, onClose }: { attempt: Attempted | null; onClose: () => void }) {
  const title = attempt?.step === 0 ? 'Tried while seeding' : `Tried in step ${attempt?.step}`;
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
    <section className="drawer-body" data-kind={kind} tabIndex={0} aria-label="What was tried">
      <p className="details-kind">
        <KindTag kind={kind} /> {tried.name}
        <span className="muted">, {UH_OH_TEXT[category].name.toLowerCase()}</span>
        {times > 1 && <span className="muted">, tried {times} times in this step</span>}
      </p>
      <p className="muted">
        {isWritten ? 'The reasoner wrote this where only a literal counts.' : tried.meaning}
      </p>
      <div className="details-code">
        <Code text={program} numbered firstLine={1} marked={isHack ? null : lineOf(attempt.detail)} />
      </div>
      <dl className="details-io">
        {!(isWritten && attempt.answer === input) && (
          <>
            <dt>{isHack && !isWritten ? 'shown' : 'input'}</dt>
            <dd className="mono">{input === '' ? '(none)' : input}</dd>
          </>
        )}
        {isWritten && (
          <>
            <dt>wrote</dt>
            <dd className="mono">{attempt.answer}</dd>
          </>
        )}
        <dt>tried</dt>
        <dd>
          {name} <span className="muted">({meaning})</span>
        </dd>
        <dt>done</dt>
        <dd>{whatWasDone(attempt)}</dd>
      </dl>
    </section>
  );
}
