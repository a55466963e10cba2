import type { StepRecord } from '../selfplay/records.ts';
import type { Attempt } from '../tasks/task.ts';
import type { Wording } from '../tasks/wording.ts';

/** The attempts of a step as the page and the run's files keep them. */
export function recordAttempts({ groups, step }: StepRecord, wording: Wording): Attempt[] {
  return groups.flatMap(({ task, attempts }) =>
    attempts.flatMap(({ tokens, judged, reward, advantage }) => {
      if (!judged) return [];
      return {
        taskId: task.id,
        response: wording.render(tokens),
        answer: judged.solution?.answer ?? null,
        thinks: wording.isThinking(tokens),
        verdict: judged.verdict,
        reward: reward ?? 0,
        advantage: advantage ?? 0,
        tokens: tokens.length,
        step,
      };
    }),
  );
}
