import { splitPrograms } from '../../selfplay/programText.ts';
import { useSession } from '../context.tsx';
import { SEED_PROGRAMS, STAGE_TEXT } from '../text.ts';
import { Code } from '../ui/Code.tsx';

/** What will happen, in plain words, beside the one program the lab begins with. */
export function BeforeStart() {
  const own = useSession((session) => session.seedProgram);
  const program = useSession(({ seedProgram, config }) => seedProgram ?? SEED_PROGRAMS[config.seedProgram]);
  return (
    <>
      <div className="cell cell-before" data-stage="propose">
        <p>{STAGE_TEXT.propose.before}</p>
        <figure className="seed">
          <figcaption>
            {program === null
              ? 'Begins with no program at all'
              : own
                ? `Begins with your program${splitPrograms(own).length > 1 ? 's' : ''}`
                : 'Begins with this program'}
          </figcaption>
          {program !== null && <Code text={program} />}
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

/** What each stage hands on, in signs. */
const SKETCH = {
  verify: (
    <dl className="sketch">
      <dt>accepted</dt>
      <dd>same literal twice, argument used</dd>
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
      <dd>reward − mean</dd>
      <dt>proposer</dt>
      <dd>1 − solve rate</dd>
    </dl>
  ),
} as const;
