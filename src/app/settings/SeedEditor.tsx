import { type ClipboardEvent, useState } from 'react';
import { CONTEXT_LENGTH } from '../../config/contextLength.ts';
import { SEED_PROGRAMS, shownSeed } from '../../language/seedPrograms.ts';
import type { SeedTrial } from '../../run/seedChecker.ts';
import { t } from '../../words/words.ts';
import { useSession } from '../context.tsx';
import { SeedVerdict } from './SeedVerdict.tsx';
import { type SeedState, useSeedCheck } from './useSeedCheck.ts';

/** Characters from which a pasted text is put in by its value; see {@link pasteWhole}. */
const LONG_PASTE = 1000;

/** Lets the reader begin with functions of their own. Python reads and runs them here, before anything else is loaded. */
export function SeedEditor({ onUse }: { onUse: (program: string | null) => void }) {
  const own = useSession((state) => state.seedProgram);
  const contextLength = useSession((state) => CONTEXT_LENGTH[state.config.size]);
  const builtIn = useSession((state) => SEED_PROGRAMS[state.config.seedProgram]);
  const builtInText = builtIn === null ? '' : shownSeed(builtIn);
  const [draft, setDraft] = useState(own ?? builtInText);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const text = draft.trimEnd();
  const isEmpty = text.trim() === '';
  const state = useSeedCheck(text, contextLength);
  const chosen = chosenText(text, state, left);

  const leave = (name: string, isLeft: boolean) => {
    const next = new Set(left);
    if (isLeft) next.add(name);
    else next.delete(name);
    setLeft(next);
  };
  return (
    <>
      <h3>{t('Seed program')}</h3>
      <p className="muted">
        {t(
          'What a run begins with: one Python function or several, of any name. Kelvin calls each of them f.',
        )}
      </p>
      <textarea
        aria-label={t('Python functions')}
        className="mono"
        rows={7}
        spellCheck={false}
        autoComplete="off"
        value={draft}
        onChange={(change) => setDraft(change.target.value)}
        onPaste={(paste) => pasteWhole(paste, setDraft)}
      />
      {!isEmpty && <SeedVerdict state={state} left={left} onLeave={leave} />}
      <div className="seed-actions">
        <button type="button" className="button" onClick={() => onUse(null)}>
          {builtIn === null ? t('Use none') : t('Use the built-in one')}
        </button>
        <button
          type="button"
          className="button button-primary"
          disabled={isEmpty || chosen === null}
          onClick={() => onUse(chosen === builtInText ? null : chosen)}
        >
          {useText(state, left)}
        </button>
      </div>
    </>
  );
}

/** The text to begin with; null while it is not known to be one. A whole text stays as its author wrote it. */
function chosenText(text: string, state: SeedState, left: ReadonlySet<string>): string | null {
  if (state.at === 'unavailable') return text;
  const functions = functionsOf(state);
  const chosen = chosenOf(functions, left);
  if (chosen.length === 0) return null;
  return chosen.length === functions.length ? text : chosen.map((each) => each.text).join('\n\n');
}

function useText(state: SeedState, left: ReadonlySet<string>): string {
  if (state.at === 'unavailable') return t('Use it unchecked');
  return chosenOf(functionsOf(state), left).length > 1 ? t('Use these programs') : t('Use this program');
}

function functionsOf(state: SeedState): readonly SeedTrial[] {
  return state.at === 'checked' && state.check.ok ? state.check.functions : [];
}

function chosenOf(functions: readonly SeedTrial[], left: ReadonlySet<string>): SeedTrial[] {
  return functions.filter(({ ok, name }) => ok && !left.has(name));
}

/**
 * Puts a long text in by its value. Chromium inserts pasted lines one by one, and the time for it grows with their
 * square: 16 kB would take seconds, in which the page stands still.
 */
function pasteWhole(paste: ClipboardEvent<HTMLTextAreaElement>, change: (text: string) => void): void {
  const text = paste.clipboardData.getData('text/plain');
  if (text.length < LONG_PASTE) return;
  paste.preventDefault();
  const area = paste.currentTarget;
  area.setRangeText(text.replaceAll('\r\n', '\n'), area.selectionStart, area.selectionEnd, 'end');
  change(area.value);
}
