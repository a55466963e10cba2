import { useBeginning } from '../beginning.ts';
import { STAGE_TEXT } from '../text.ts';
import { Code } from '../ui/Code.tsx';

/** What will happen, in plain words, beside what the lab begins with. */
export function BeforeStart() {
  const { text, programs, isOwn } = useBeginning();
  return (
    <>
      <div className="cell cell-before" data-stage="propose">
        <p>{STAGE_TEXT.propose.before}</p>
        <figure className="seed">
          <figcaption>{begins(programs, isOwn)}</figcaption>
          {text !== null && <Code text={text} />}
          {text !== null && !/^def f\b/m.test(text) && (
            <p className="seed-rename">
              {programs > 1 ? 'Kelvin calls each of them f.' : 'Kelvin calls it f.'}
            </p>
          )}
        </figure>
      </div>
      {(['verify', 'attempt', 'judge', 'update'] as const).map((stage) => (
        <div className="cell cell-before" data-stage={stage} key={stage}>
          <p>{STAGE_TEXT[stage].before}</p>
          {SKETCH[stage]}
        </div>
      ))}
    </>
  );
}

function begins(programs: number, isOwn: boolean): string {
  if (programs === 0) return 'Begins with no program at all';
  return isOwn ? `Begins with your program${programs > 1 ? 's' : ''}` : 'Begins with this program';
}

/** What each stage hands on, in signs. */
const SKETCH = {
  verify: (
    <dl className="sketch">
      <dt>accepted</dt>
      <dd>same result twice, input matters</dd>
      <dt>refused</dt>
      <dd>counted by reason, shown below</dd>
    </dl>
  ),
  attempt: (
    <dl className="sketch">
      <dt>deduction</dt>
      <dd>program + input → output?</dd>
      <dt>abduction</dt>
      <dd>program + output → input?</dd>
      <dt>induction</dt>
      <dd>examples → program?</dd>
    </dl>
  ),
  judge: (
    <dl className="sketch sketch-numbers">
      <dt>right</dt>
      <dd>+1</dd>
      <dt>wrong</dt>
      <dd>−0.5</dd>
      <dt>unreadable</dt>
      <dd>−1</dd>
    </dl>
  ),
  update: (
    <dl className="sketch">
      <dt>solver</dt>
      <dd>earns more than its other tries did</dd>
      <dt>proposer</dt>
      <dd>earns most for hard, solvable tasks</dd>
    </dl>
  ),
} as const;
