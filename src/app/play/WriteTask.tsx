import { type FormEvent, useId } from 'react';
import { SPECS } from '../../tasks/index.ts';
import { again, t } from '../../words/words.ts';
import { KindChoice } from './KindChoice.tsx';
import { sentenceOf, useAsk } from './useAsk.ts';
import { useConfig, useKinds } from './useKinds.ts';
import { useWriting, write } from './useWriting.ts';
import { WritingResult } from './WritingResult.tsx';

/** A person proposes: Python checks the task, the reasoner tries it, and the proposer's reward says what it is worth. */
export function WriteTask() {
  const ask = useAsk();
  const { writing, progress } = useWriting();
  const kinds = useKinds();
  // What was written for another run may be of a kind that this one has not.
  const kind = kinds.includes(writing.kind) ? writing.kind : (kinds[0] ?? writing.kind);
  const ids = { program: useId(), input: useId(), hint: useId() };
  const takesMany = SPECS[kind].proposes === 'inputs';
  const examples = useConfig().inductionExamples;
  const isBusy = progress.at === 'verifying' || progress.at === 'trying';

  const propose = async (event: FormEvent) => {
    event.preventDefault();
    const turn = useWriting.getState().turn + 1;
    const tell = (next: Partial<ReturnType<typeof useWriting.getState>>) => {
      if (useWriting.getState().turn === turn) useWriting.setState(next);
    };
    const asked = { ...writing, kind };
    useWriting.setState({ turn, writing: asked, progress: { at: 'verifying' }, giving: { at: 'no' } });
    try {
      const written = await ask({ about: 'writing', writing: asked });
      if (!written.ok) return tell({ progress: { at: 'refused', why: written } });
      const task = written.triplet;
      tell({ progress: { at: 'trying', task } });
      try {
        const tries = await ask({ about: 'tries', task: { ...task, kind } });
        tell({ progress: { at: 'tried', task, tries } });
      } catch (error) {
        tell({ progress: { at: 'failed', why: sentenceOf(error), task } });
      }
    } catch (error) {
      tell({ progress: { at: 'failed', why: sentenceOf(error), task: null } });
    }
  };
  return (
    <div className="play-columns">
      <form className="play-form" onSubmit={propose}>
        <p>
          {t(
            'You are the proposer. Write a task that the reasoner solves about half of the time: from such a task it learns most.',
          )}
        </p>
        <KindChoice kind={kind} onChoose={(chosen) => write({ kind: chosen })} />
        <p className="muted">
          {t('It will be asked: {question}.', { question: again(SPECS[kind].meaning) })}
        </p>
        <label htmlFor={ids.program}>{t('Program: one Python function')}</label>
        <textarea
          id={ids.program}
          className="mono"
          rows={9}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          value={writing.program}
          onChange={(change) => write({ program: change.target.value })}
        />
        <label htmlFor={ids.input}>
          {takesMany ? t('Inputs: {examples}, one a line', { examples }) : t('Input')}
        </label>
        {takesMany ? (
          <textarea
            id={ids.input}
            className="mono"
            rows={examples}
            spellCheck={false}
            autoComplete="off"
            aria-describedby={ids.hint}
            value={writing.input}
            onChange={(change) => write({ input: change.target.value })}
          />
        ) : (
          <input
            id={ids.input}
            className="mono"
            spellCheck={false}
            autoComplete="off"
            aria-describedby={ids.hint}
            value={writing.input}
            onChange={(change) => write({ input: change.target.value })}
          />
        )}
        <p className="muted" id={ids.hint}>
          {t('Values as Python writes them, several arguments with commas between them.')}
        </p>
        <button type="submit" className="button button-primary" disabled={isBusy}>
          {isBusy ? t('Asking …') : t('Let it try')}
        </button>
      </form>
      <WritingResult />
    </div>
  );
}
