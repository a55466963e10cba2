import type { SeedTrial } from '../../run/seedChecker.ts';
import { again, t } from '../../words/words.ts';
import { Rich } from '../language/Rich.tsx';
import { Code } from '../ui/Code.tsx';
import type { SeedState } from './useSeedCheck.ts';

/** What Python says of the text in the editor; where it has several functions, which of them to begin with. */
export function SeedVerdict({
  state,
  left,
  onLeave,
}: {
  state: SeedState;
  /** Names of functions that the reader does not want. */
  left: ReadonlySet<string>;
  onLeave: (name: string, isLeft: boolean) => void;
}) {
  return (
    <div className="seed-verdict" role="status" data-at={state.at}>
      <Words state={state} left={left} onLeave={onLeave} />
    </div>
  );
}

function Words({ state, left, onLeave }: Parameters<typeof SeedVerdict>[0]) {
  switch (state.at) {
    case 'starting':
      return <p className="muted">{t('Python is starting; it will check this here.')}</p>;
    case 'checking':
      return <p className="muted">{t('Python is checking.')}</p>;
    case 'unavailable':
      return (
        <p className="seed-problem">
          {again(state.reason)} {t('The program can be used unchecked; Start checks it again.')}
        </p>
      );
    case 'checked': {
      const { check } = state;
      if (!check.ok) {
        return (
          <p className="seed-problem">
            {check.line !== undefined && <strong>{t('Line {line}:', { line: check.line })} </strong>}
            {again(check.detail)}
          </p>
        );
      }
      const [first] = check.functions;
      if (check.functions.length === 1 && first) return <Only execution={first} />;
      return (
        <fieldset className="seed-choice">
          <legend>{t('Begin with which of them?')}</legend>
          {check.functions.map((execution) => (
            <label key={execution.name}>
              <input
                type="checkbox"
                disabled={!execution.ok}
                checked={execution.ok && !left.has(execution.name)}
                onChange={(change) => onLeave(execution.name, !change.target.checked)}
              />
              <span>
                <Ran execution={execution} />
              </span>
            </label>
          ))}
        </fieldset>
      );
    }
  }
}

function Only({ execution }: { execution: SeedTrial }) {
  if (!execution.ok) {
    return (
      <p className="seed-problem">
        <Ran execution={execution} />
      </p>
    );
  }
  return (
    <>
      <p>
        <Rich text="Python ran it: <ran/>." parts={{ ran: <Ran execution={execution} /> }} />
        {execution.name !== 'f' && ` ${t('Kelvin renames {name} to f.', { name: execution.name })}`}
      </p>
      <details>
        <summary>{t('As the model reads it')}</summary>
        <Code text={execution.program} />
      </details>
    </>
  );
}

/** A function and what came of it: `double(5) = 10`, or why it is no seed. */
function Ran({ execution }: { execution: SeedTrial }) {
  if (!execution.ok) {
    return (
      <>
        <Rich
          text="<c>{name}</c> cannot be a seed program."
          parts={{ c: <code translate="no" /> }}
          values={{ name: execution.name }}
        />{' '}
        {again(execution.detail)}
      </>
    );
  }
  return (
    <code translate="no">
      {execution.name}({execution.input}) = {execution.output}
    </code>
  );
}
