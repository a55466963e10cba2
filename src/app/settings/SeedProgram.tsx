import { Popover } from 'radix-ui';
import { useState } from 'react';
import { SEED_PROGRAMS, shownSeed } from '../../language/seedPrograms.ts';
import { splitPrograms } from '../../language/sourceText.ts';
import { isEncodable } from '../../language/tokenizer.ts';
import { useLab, useSession } from '../context.tsx';
import { Icon } from '../ui/Icon.tsx';

/** Lets the reader begin the run with programs of their own. Python has the last word on them at Start. */
export function SeedProgram() {
  const { session } = useLab();
  const own = useSession((state) => state.seedProgram);
  const shipped = useSession((state) => SEED_PROGRAMS[state.config.seedProgram]);
  const builtIn = shipped === null ? '' : shownSeed(shipped);
  const [isOpen, setIsOpen] = useState(false);
  const [draft, setDraft] = useState('');
  const text = draft.trimEnd();
  const problem = text === '' ? null : problemOf(text);
  const isSeveral = splitPrograms(text).length > 1;

  const open = (next: boolean) => {
    if (next) setDraft(own ?? builtIn);
    setIsOpen(next);
  };
  const use = (program: string | null) => {
    session.setState({ seedProgram: program });
    setIsOpen(false);
  };
  return (
    <Popover.Root open={isOpen} onOpenChange={open}>
      <Popover.Trigger
        className="icon-button"
        aria-label={own ? 'Seed program: your own' : 'Seed program'}
        title="Seed program"
        data-on={own !== null}
      >
        <Icon name="code" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="popover seed-editor"
          sideOffset={6}
          collisionPadding={12}
          aria-label="Seed program"
        >
          <h3>Seed program</h3>
          <p className="muted">
            What a run begins with: a Python function, or several. Python checks them at the next start.
          </p>
          <textarea
            aria-label="Python functions"
            className="mono"
            rows={7}
            spellCheck={false}
            autoComplete="off"
            value={draft}
            onChange={(change) => setDraft(change.target.value)}
          />
          <p className="seed-problem" role="status">
            {problem}
          </p>
          <div className="seed-actions">
            <button type="button" className="button" onClick={() => use(null)}>
              {builtIn === '' ? 'Use none' : 'Use the built-in one'}
            </button>
            <button
              type="button"
              className="button button-primary"
              disabled={text === '' || problem !== null}
              onClick={() => use(text === builtIn ? null : text)}
            >
              {isSeveral ? 'Use these programs' : 'Use this program'}
            </button>
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** What can be said without running it; everything else is Python's business. */
function problemOf(program: string): string | null {
  if (!isEncodable(program))
    return 'Only printable ASCII characters and newlines can be read by the reasoner.';
  const functions = program.match(/^def /gm)?.length ?? 0;
  if (functions === 0) return 'Write a function, beginning with “def”.';
  return null;
}
