import type { Tries } from '../../run/visit.ts';
import { TRIES } from '../../run/visit.ts';
import type { Triplet } from '../../tasks/kind.ts';
import type { Written } from '../../tasks/writing.ts';
import { again, t } from '../../words/words.ts';
import { usePage } from '../context.tsx';
import { signed } from '../format.ts';
import { Rich } from '../language/Rich.tsx';
import { REJECTION_TEXT } from '../text.ts';
import { TryColumns } from './TryColumns.tsx';
import { sentenceOf, useAsk } from './useAsk.ts';
import { type Giving, type Progress, useWriting } from './useWriting.ts';

/** What Python and the reasoner make of the task that somebody wrote. */
export function WritingResult() {
  const { progress, writing } = useWriting();
  return (
    <section className="play-result" aria-label={t('What came of it')}>
      <div role="status">
        <Said progress={progress} />
      </div>
      {progress.at === 'tried' && (
        <>
          <Give />
          <TryColumns task={{ ...progress.task, kind: writing.kind }} tries={progress.tries} />
        </>
      )}
    </section>
  );
}

function Said({ progress }: { progress: Progress }) {
  switch (progress.at) {
    case 'draft':
      return (
        <p className="muted">
          {t('Python checks it first, then the reasoner tries it {tries} times.', { tries: TRIES })}
        </p>
      );
    case 'verifying':
      return <p className="muted">{t('Python runs it.')}</p>;
    case 'refused':
      return <Refusal why={progress.why} />;
    case 'trying':
      return (
        <>
          <Accepted task={progress.task} />
          <p className="muted">
            {t('The reasoner tries it {tries} times, as soon as it is free.', { tries: TRIES })}
          </p>
        </>
      );
    case 'tried':
      return (
        <>
          <Accepted task={progress.task} />
          <Worth tries={progress.tries} />
        </>
      );
    case 'failed':
      return (
        <>
          {progress.task && <Accepted task={progress.task} />}
          <p className="play-problem">{again(progress.why)}</p>
        </>
      );
  }
}

function Refusal({ why }: { why: Exclude<Written, { ok: true }> }) {
  const { name, meaning } = REJECTION_TEXT[why.rejection];
  return (
    <>
      <p className="play-problem">
        <strong>{t('No task: {name}.', { name: again(name) })}</strong>{' '}
        {t('The program {meaning}.', { meaning: again(meaning) })}
      </p>
      <p>
        {why.line !== undefined && <strong>{t('Line {line}:', { line: why.line })} </strong>}
        {again(why.detail)}
      </p>
    </>
  );
}

function Accepted({ task }: { task: Triplet }) {
  const shown = task.examples?.length;
  return (
    <p>
      <strong>{t('A valid task.')}</strong> {t('Python ran it twice:')}{' '}
      {shown === undefined ? (
        <code>
          f({task.input}) = {task.output}
        </code>
      ) : (
        t('{shown} examples, of which the reasoner sees the first half.', { shown })
      )}
    </p>
  );
}

/** The idea of learnability in one sentence. */
function Worth({ tries: { base, now, proposerReward } }: { tries: Tries }) {
  const { tries, solveRate } = now ?? base;
  const right = Math.round(solveRate * tries.length);
  const said =
    solveRate >= 1
      ? t('Too easy: it is right every time, so there is nothing left to learn.')
      : solveRate <= 0
        ? t('Too hard: it is never right, so there is nothing that it could do more of.')
        : t('Worth learning from: some tries are right and some are wrong.');
  return (
    <p>
      <strong>{t('{right} of {tries} right.', { right, tries: tries.length })}</strong> {said}{' '}
      <Rich
        text="As its proposer you would have earned <b>{reward}</b>."
        parts={{ b: <strong /> }}
        values={{ reward: signed(proposerReward) }}
      />
    </p>
  );
}

function Give() {
  const ask = useAsk();
  const { address } = usePage();
  const { giving, writing } = useWriting();
  const give = async () => {
    const { turn } = useWriting.getState();
    const tell = (next: Giving) => {
      if (useWriting.getState().turn === turn) useWriting.setState({ giving: next });
    };
    tell({ at: 'giving' });
    try {
      const gift = await ask({ about: 'gift', writing });
      tell(gift.ok ? { at: 'in', id: gift.id } : { at: 'refused', why: gift.detail });
    } catch (error) {
      tell({ at: 'refused', why: sentenceOf(error) });
    }
  };
  return (
    <div className="play-give">
      {giving.at === 'in' ? (
        <button
          type="button"
          className="button"
          onClick={() => address.go({ view: 'buffer', task: giving.id })}
        >
          {t('Look at it in the buffer')}
        </button>
      ) : (
        <button type="button" className="button" disabled={giving.at === 'giving'} onClick={give}>
          {t('Put it into the buffer')}
        </button>
      )}
      <p role="status" className={giving.at === 'refused' ? 'play-problem' : 'muted'}>
        {giving.at === 'giving'
          ? t('It enters between two steps.')
          : giving.at === 'in'
            ? t(
                'It is in the buffer as {id}, marked as a person’s. This run is no longer without human data.',
                { id: giving.id },
              )
            : giving.at === 'refused'
              ? again(giving.why)
              : t('The run is then no longer without human data, and says so.')}
      </p>
    </div>
  );
}
