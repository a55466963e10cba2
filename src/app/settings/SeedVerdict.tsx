import type { SeedTrial } from '../../run/seedChecker.ts';
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
      return <p className="muted">Python is starting; it will check this here.</p>;
    case 'checking':
      return <p className="muted">Python is checking.</p>;
    case 'unavailable':
      return (
        <p className="seed-problem">
          {state.reason} The program can be used unchecked; Start checks it again.
        </p>
      );
    case 'checked': {
      const { check } = state;
      if (!check.ok) {
        return (
          <p className="seed-problem">
            {check.line !== undefined && <strong>Line {check.line}: </strong>}
            {check.detail}
          </p>
        );
      }
      const [first] = check.functions;
      if (check.functions.length === 1 && first) return <Only trial={first} />;
      return (
        <fieldset className="seed-choice">
          <legend>Begin with which of them?</legend>
          {check.functions.map((trial) => (
            <label key={trial.name}>
              <input
                type="checkbox"
                disabled={!trial.ok}
                checked={trial.ok && !left.has(trial.name)}
                onChange={(change) => onLeave(trial.name, !change.target.checked)}
              />
              <span>
                <Ran trial={trial} />
              </span>
            </label>
          ))}
        </fieldset>
      );
    }
  }
}

function Only({ trial }: { trial: SeedTrial }) {
  if (!trial.ok) {
    return (
      <p className="seed-problem">
        <Ran trial={trial} />
      </p>
    );
  }
  return (
    <>
      <p>
        Python ran it: <Ran trial={trial} />.{trial.name !== 'f' && ` Kelvin renames ${trial.name} to f.`}
      </p>
      <details>
        <summary>As the model reads it</summary>
        <Code text={trial.program} />
      </details>
    </>
  );
}

/** A function and what came of it: `double(5) = 10`, or why it is no seed. */
function Ran({ trial }: { trial: SeedTrial }) {
  if (!trial.ok) {
    return (
      <>
        <code>{trial.name}</code> cannot be a seed program. {trial.detail}
      </>
    );
  }
  return (
    <code>
      {trial.name}({trial.input}) = {trial.output}
    </code>
  );
}
