import type { RoleKind } from '../../tasks/task.ts';
import { byKind, meanOf, type Table } from './metric.ts';
import type { StepView } from './view.ts';

/** How well both roles do. */
export const REWARDS = {
  reward: {
    label: 'Reward by role',
    unit: 'reward',
    doc: 'mean reward by role and kind',
    formula:
      'Solver: 1 if right, −0.5 (“Wrong”) if wrong, −1 (“Unreadable”) if unreadable (paper, Eqs 5 and 6). Proposer: 1 − r̄ if 0 < r̄ < 1, else 0, with r̄ the solve rate of its task; −1 (“Invalid proposal”) where there is no task (Eqs 4 and 6). Drawn: the mean over the responses of a role and kind',
    dependsOn: [
      'learnability',
      'rewardWrong',
      'rewardFormat',
      'rewardInvalid',
      'repetitionPenalty',
      'attemptsPerTask',
    ],
    of: (view) => overResponses(view, ({ reward }) => reward ?? 0),
    by: 'role and kind',
    curve: true,
    chart: {
      panel: 'learning',
      meaning: 'Mean reward of each role this step: solid lines solve, dashed lines propose.',
      healthy: 'Solvers climb. Proposers stay above zero and fall as tasks get easy, then find harder ones.',
      otherwise:
        'A proposer near −1 writes invalid programs: raise Settings, Update, “KL to the base, proposer”. If the solvers stay flat, look at the zero-std groups.',
      terms: ['reward', 'learnability-reward', 'role'],
    },
  },
  solveRate: {
    label: 'Solve rate',
    unit: 'share',
    doc: 'mean success of the attempts by kind',
    formula:
      'r̄ = 1/n · Σ rᵢ, with rᵢ = 1 for a right attempt, else 0 (paper, Eq 4). Drawn: the mean over the tasks of a kind',
    dependsOn: [
      'attemptsPerTask',
      'focusAttempts',
      'bufferTasksPerKind',
      'replayWeighting',
      'temperature',
      'maxSolveTokens',
    ],
    of: (view) =>
      byKind(view, (kind) =>
        meanOf(view.trained.flatMap(({ task, solveRate }) => (task.kind === kind ? (solveRate ?? 0) : []))),
      ),
    by: 'kind',
    curve: true,
    measure: 'Solve rate',
    chart: {
      panel: 'policy',
      meaning: 'Mean success of attempts.',
      healthy: 'It rises and then hovers: new tasks should get harder as the reasoner gets better.',
      otherwise: 'At 100 % there is nothing left to learn from these tasks.',
      terms: ['solve-rate'],
    },
  },
  solveCounts: {
    label: 'Tasks by number of correct attempts',
    unit: 'tasks',
    doc: '`solveCounts[k]`: tasks that k of their attempts solved',
    of: ({ config, measured }) => {
      const counts = new Array<number>(config.attemptsPerTask + 1).fill(0);
      for (const { attempts } of measured) {
        const correct = attempts.filter(({ judged }) => judged?.verdict === 'correct').length;
        counts[correct] = (counts[correct] ?? 0) + 1;
      }
      return counts;
    },
  },
} satisfies Table;

/** Mean over the responses that a role is trained on, by role and kind. */
export function overResponses(
  view: StepView,
  of: (response: { readonly tokens: readonly number[]; readonly reward: number | null }) => number,
): Partial<Record<RoleKind, number>> {
  return Object.fromEntries(
    view.kinds.flatMap((kind) =>
      (['propose', 'solve'] as const).flatMap((role) => {
        const value = meanOf((role === 'propose' ? view.proposalsOf : view.attemptsAt)(kind).map(of));
        return value === undefined ? [] : [[`${role}:${kind}`, value]];
      }),
    ),
  );
}
