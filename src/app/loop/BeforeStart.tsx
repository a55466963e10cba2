import { again, t } from '../../words/words.ts';
import { useBeginning, warmUpCost } from '../beginning.ts';
import { useRun, useSession } from '../context.tsx';
import { signed } from '../format.ts';
import { STAGE_TEXT } from '../text.ts';
import { Code } from '../ui/Code.tsx';

/** What will happen, in plain words, beside what the lab begins with. */
export function BeforeStart() {
  const { text, programs, isOwn } = useBeginning();
  const isIdle = useRun((run) => run.state === 'idle');
  const cost = useSession(warmUpCost);
  return (
    <>
      <div className="cell cell-before" data-stage="propose">
        <p>{again(STAGE_TEXT.propose.before)}</p>
        {isIdle && cost !== null && <p className="before-cost">{cost}</p>}
        <figure className="seed">
          <figcaption>{begins(programs, isOwn)}</figcaption>
          {text !== null && <Code text={text} />}
          {text !== null && !/^def f\b/m.test(text) && (
            <p className="seed-rename">
              {programs > 1 ? t('Kelvin calls each of them f.') : t('Kelvin calls it f.')}
            </p>
          )}
        </figure>
      </div>
      {(['verify', 'attempt', 'judge', 'update'] as const).map((stage) => (
        <div className="cell cell-before" data-stage={stage} key={stage}>
          <p>{again(STAGE_TEXT[stage].before)}</p>
          {SKETCH[stage]()}
        </div>
      ))}
    </>
  );
}

function begins(programs: number, isOwn: boolean): string {
  if (programs === 0) return t('Begins with no program at all');
  if (!isOwn) return t('Begins with this program');
  return programs > 1 ? t('Begins with your programs') : t('Begins with your program');
}

/** What each stage hands on, in signs. */
const SKETCH = {
  verify: () => (
    <dl className="sketch">
      <dt>{t('accepted')}</dt>
      <dd>{t('same result twice, input matters')}</dd>
      <dt>{t('refused')}</dt>
      <dd>{t('counted by reason, shown below')}</dd>
    </dl>
  ),
  attempt: () => (
    <dl className="sketch">
      <dt>{t('deduction')}</dt>
      <dd>{t('program + input → output?')}</dd>
      <dt>{t('abduction')}</dt>
      <dd>{t('program + output → input?')}</dd>
      <dt>{t('induction')}</dt>
      <dd>{t('examples → program?')}</dd>
    </dl>
  ),
  judge: () => (
    <dl className="sketch sketch-numbers">
      <dt>{t('right')}</dt>
      <dd>{signed(1)}</dd>
      <dt>{t('wrong')}</dt>
      <dd>{signed(-0.5)}</dd>
      <dt>{t('unreadable')}</dt>
      <dd>{signed(-1)}</dd>
    </dl>
  ),
  update: () => (
    <dl className="sketch">
      <dt>{t('solver')}</dt>
      <dd>{t('earns more than its other tries did')}</dd>
      <dt>{t('proposer')}</dt>
      <dd>{t('earns most for hard, solvable tasks')}</dd>
    </dl>
  ),
} as const;
