import type { SolveState } from '../../run/taskBook.ts';
import { again } from '../../words/words.ts';
import { count } from '../format.ts';
import { SOLVE_STATE_TEXT } from '../text.ts';

export const SOLVE_STATES: readonly SolveState[] = ['never', 'sometimes', 'always', 'new'];

/** How many tasks are solved never, sometimes, always: the zone of learning at a glance. */
export function StateBar({ counts }: { counts: Record<SolveState, number> }) {
  return (
    <div className="state-bar">
      <div className="state-track" aria-hidden="true">
        {SOLVE_STATES.map((state) => (
          <span key={state} data-state={state} style={{ flexGrow: counts[state] }} />
        ))}
      </div>
      <dl>
        {SOLVE_STATES.map((state) => (
          <div key={state} title={again(SOLVE_STATE_TEXT[state].meaning)}>
            <dt>
              <span className="state-chip" data-state={state} aria-hidden="true" />
              {again(SOLVE_STATE_TEXT[state].name)}
            </dt>
            <dd>{count(counts[state])}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
