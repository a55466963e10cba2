import type { TaskInHand } from '../../run/protocol.ts';
import { signed } from '../format.ts';
import { VerdictMark } from '../ui/Bits.tsx';
import { splitSolution } from '../ui/responseText.ts';

type HandAttempt = NonNullable<TaskInHand['attempts']>[number];

/** Attempts, their verdicts and what each one pushes: one row per attempt across the last three stages. */
export function AttemptsCell({ hand, isLit }: { hand: TaskInHand; isLit: boolean }) {
  const attempts = hand.attempts ?? [];
  const mean = attempts.reduce((sum, { reward }) => sum + reward, 0) / Math.max(1, attempts.length);
  const solved = attempts.filter(({ verdict }) => verdict === 'correct').length;
  return (
    <div className="cell attempts" data-lit={isLit} data-kind={hand.kind}>
      {attempts.length === 0 ? (
        <p className="cell-label attempts-empty">
          {hand.rejection ? 'Refused: nothing to attempt' : 'Waiting for a verified task'}
        </p>
      ) : (
        <table>
          <caption className="visually-hidden">Attempts at the task in hand</caption>
          <thead className="visually-hidden">
            <tr>
              <th>Response</th>
              <th>Reward</th>
              <th>Reward above or below the mean of this task</th>
            </tr>
          </thead>
          <tbody>
            {attempts.map((attempt, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: attempts have no other name
              <AttemptRow key={at} attempt={attempt} above={attempt.reward - mean} />
            ))}
          </tbody>
        </table>
      )}
      {attempts.length > 0 && (
        <p className="attempts-sum">
          Solved <strong>{`${solved} of ${attempts.length}`}</strong>
          {hand.proposerReward !== undefined && (
            <>
              , so inventing it earns <strong>{signed(hand.proposerReward)}</strong>
            </>
          )}
        </p>
      )}
    </div>
  );
}

function AttemptRow({ attempt, above }: { attempt: HandAttempt; above: number }) {
  const { thought, answer } = splitSolution(attempt.response);
  return (
    <tr>
      <td className="attempt-response">
        <div>
          {thought !== null && (
            <span className="attempt-thought" title={thought}>
              {thought}
            </span>
          )}
          <span className="attempt-answer">
            {(attempt.answer ?? answer).replace(/\n\s*/g, ' ⏎ ') || '(no answer)'}
          </span>
        </div>
      </td>
      <td className="attempt-judge">
        <VerdictMark verdict={attempt.verdict} />
        <span className="attempt-reward">{signed(attempt.reward)}</span>
      </td>
      <td className="attempt-push">
        <span className="visually-hidden">{signed(above)}</span>
        <span className="push" aria-hidden="true" data-up={above > 0}>
          <span style={{ width: `${Math.min(50, Math.abs(above) * 30)}%` }} />
        </span>
      </td>
    </tr>
  );
}
