import type { TaskInHand } from '../../run/protocol.ts';
import { signed } from '../format.ts';
import { LOOP_STAGES, type LoopStage } from '../text.ts';
import { VerdictMark } from '../ui/Bits.tsx';
import { InlineThought } from '../ui/Response.tsx';
import { splitSolution } from '../ui/responseText.ts';

type HandAttempt = NonNullable<TaskInHand['attempts']>[number];

/** Attempts, their verdicts and what each one pushes: one row per attempt across the last three stages. */
export function AttemptsCell({
  hand,
  isLit,
  stage,
}: {
  hand: TaskInHand;
  isLit: boolean;
  /** The stage at work: what comes after it is not shown yet. Null shows everything. */
  stage: LoopStage | null;
}) {
  const isReached = (later: LoopStage) =>
    stage === null || LOOP_STAGES.indexOf(stage) >= LOOP_STAGES.indexOf(later);
  const attempts = isReached('attempt') ? (hand.attempts ?? []) : [];
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
          <caption className="visually-hidden">
            Attempts at the task in hand: response, verdict and reward, reward above or below their mean
          </caption>
          <colgroup>
            <col className="attempts-response" />
            <col className="attempts-judge" />
            <col className="attempts-push" />
          </colgroup>
          <tbody>
            {attempts.map((attempt, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: attempts have no other name
              <AttemptRow
                key={at}
                attempt={attempt}
                above={attempt.reward - mean}
                isJudged={isReached('judge')}
                isPushed={isReached('update')}
              />
            ))}
          </tbody>
        </table>
      )}
      {attempts.length > 0 && isReached('judge') && (
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

function AttemptRow({
  attempt,
  above,
  isJudged,
  isPushed,
}: {
  attempt: HandAttempt;
  above: number;
  isJudged: boolean;
  isPushed: boolean;
}) {
  const { thought, answer } = splitSolution(attempt.response);
  return (
    <tr>
      <td className="attempt-response">
        <div>
          {thought !== null && (
            <span className="attempt-thought" title={thought}>
              <InlineThought text={thought} />
            </span>
          )}
          <span className="attempt-answer">
            {(attempt.answer ?? answer).replace(/\n\s*/g, ' ⏎ ') || '(no answer)'}
          </span>
        </div>
      </td>
      <td>
        {isJudged && (
          <div className="attempt-judge">
            <VerdictMark verdict={attempt.verdict} />
            <span>{signed(attempt.reward)}</span>
          </div>
        )}
      </td>
      <td>
        {isPushed && (
          <>
            <span className="visually-hidden">{signed(above)}</span>
            <span className="push" aria-hidden="true" data-up={above > 0}>
              <span style={{ width: `${Math.min(50, Math.abs(above) * 30)}%` }} />
            </span>
          </>
        )}
      </td>
    </tr>
  );
}
