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
      if (check.functions.length === 1 && first) return <Only execution={first} />;
      return (
        <fieldset className="seed-choice">
          <legend>Begin with which of them?</legend>
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
        Python ran it: <Ran execution={execution} />.
        {execution.name !== 'f' && ` Kelvin renames ${execution.name} to f.`}
      </p>
      <details>
        <summary>As the model reads it</summary>
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
        <code>{execution.name}</code> cannot be a seed program. {execution.detail}
      </>
    );
  }
  return (
    <code>
      {execution.name}({execution.input}) = {execution.output}
    </code>
  );
}
