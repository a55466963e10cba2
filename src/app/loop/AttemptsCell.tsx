import type { CurrentTask } from '../../watch/events.ts';
import { t } from '../../words/words.ts';
import { signed } from '../format.ts';
import { Rich } from '../language/Rich.tsx';
import type { LoopStage } from '../text.ts';
import { VerdictMark } from '../ui/Bits.tsx';
import { InlineThought } from '../ui/Response.tsx';
import { splitSolution } from '../ui/responseText.ts';

type Judged = NonNullable<CurrentTask['attempts']>[number];

/** Attempts, their verdicts and what each one pushes: one row per attempt across the last three stages. */
export function AttemptsCell({
  currentTask,
  isLit,
  stage,
}: {
  currentTask: CurrentTask;
  isLit: boolean;
  /** The stage at work when the hand is followed live; null when a finished task is shown. */
  stage: LoopStage | null;
}) {
  const judged = currentTask.attempts ?? [];
  const responses = currentTask.attempts?.map(({ response }) => response) ?? currentTask.responses ?? [];
  const mean = judged.reduce((sum, { reward }) => sum + reward, 0) / Math.max(1, judged.length);
  const solved = judged.filter(({ verdict }) => verdict === 'correct').length;
  // What an attempt pushes belongs to the update, and is shown when it is reached.
  const isPushing = stage === null || stage === 'update';
  return (
    <div className="cell attempts" data-lit={isLit} data-kind={currentTask.kind}>
      {responses.length === 0 ? (
        <p className="cell-label attempts-empty">{waitingFor(currentTask, stage)}</p>
      ) : (
        <section
          className="attempts-scroll"
          aria-label={t('Attempts')}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
          tabIndex={0}
        >
          <table>
            <caption className="visually-hidden">
              {t(
                'Attempts at the current task: response, verdict and reward, and how far the reward is above or below their mean',
              )}
            </caption>
            <colgroup>
              <col className="attempts-response" />
              <col className="attempts-judge" />
              <col className="attempts-push" />
            </colgroup>
            <thead className="visually-hidden">
              <tr>
                <th scope="col">{t('response')}</th>
                <th scope="col">{t('verdict and reward')}</th>
                <th scope="col">{t('above or below the mean')}</th>
              </tr>
            </thead>
            <tbody>
              {responses.map((response, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: attempts have no other name
                <tr key={at}>
                  <td>
                    <ResponseLine response={response} answer={judged[at]?.answer ?? null} />
                  </td>
                  <td>{judged[at] && <Verdict attempt={judged[at]} />}</td>
                  <td>{judged[at] && isPushing && <Push above={judged[at].reward - mean} />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {judged.length > 0 && (
        <p className="attempts-sum">
          {currentTask.proposerReward === undefined ? (
            <Rich
              text="Solved <b>{solved} of {all}</b>"
              parts={{ b: <strong /> }}
              values={{ solved, all: judged.length }}
            />
          ) : (
            <Rich
              text="Solved <b>{solved} of {all}</b>, so inventing it earns <b>{reward}</b>"
              parts={{ b: <strong /> }}
              values={{ solved, all: judged.length, reward: signed(currentTask.proposerReward) }}
            />
          )}
        </p>
      )}
    </div>
  );
}

function waitingFor(currentTask: CurrentTask, stage: LoopStage | null): string {
  if (currentTask.rejection) return t('Refused: nothing to attempt');
  return stage === 'attempt' ? t('Attempts are being written') : t('Waiting for a verified task');
}

function ResponseLine({ response, answer }: { response: string; answer: string | null }) {
  const { thought, answer: written } = splitSolution(response);
  return (
    <div className="attempt-response">
      {thought !== null && (
        <span className="attempt-thought" title={thought}>
          <InlineThought text={thought} />
        </span>
      )}
      <span className="attempt-answer">
        {(answer ?? written).replace(/\n\s*/g, ' ⏎ ') || t('(no answer)')}
      </span>
    </div>
  );
}

function Verdict({ attempt }: { attempt: Judged }) {
  return (
    <div className="attempt-judge">
      <VerdictMark verdict={attempt.verdict} />
      <span>{signed(attempt.reward)}</span>
    </div>
  );
}

/** Above the mean of its task an attempt becomes likelier, below it less likely. */
function Push({ above }: { above: number }) {
  return (
    <>
      <span className="visually-hidden">{signed(above)}</span>
      <span className="push" aria-hidden="true" data-up={above > 0}>
        {Math.abs(above) > 1e-6 && <span style={{ width: `${Math.min(50, Math.abs(above) * 30)}%` }} />}
      </span>
    </>
  );
}
