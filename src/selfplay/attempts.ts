/** Solving: attempts at tasks, their verdicts and their rewards. */
import type { Config } from '../config/hyperparameters.ts';
import { render } from '../language/tokenizer.ts';
import type { Rollout } from '../reasoner/reasoner.ts';
import { SPECS } from '../tasks/index.ts';
import { type Judged, judgeAll } from '../tasks/judging.ts';
import { isThinking } from '../tasks/kind.ts';
import type { Attempt, Task } from '../tasks/task.ts';
import { advantages } from './advantage.ts';
import type { Lab } from './lab.ts';
import { mean, solverReward, success } from './rewards.ts';
import { rulingsOf } from './rulings.ts';
import { countTricks, trickOfAnswer } from './uhoh.ts';

/** All attempts at one task. The lists run in parallel, one entry per attempt. */
export interface AttemptGroup {
  task: Task;
  prompt: number[];
  rollouts: Rollout[];
  judged: Judged[];
  rewards: number[];
  advantages: number[];
  /** Mean success: the s̄ of Eq 4. */
  solveRate: number;
}

/** The reasoner as solver: `count` responses to each task, at the configured temperature (never greedy). */
export async function attemptTasks(
  lab: Lab,
  wanted: readonly { task: Task; count: number }[],
): Promise<AttemptGroup[]> {
  const groups = wanted.map(({ task }): AttemptGroup => {
    const prompt = SPECS[task.kind].solvePrompt(task);
    return { task, prompt, rollouts: [], judged: [], rewards: [], advantages: [], solveRate: 0 };
  });
  const prompts = groups.flatMap(({ prompt }, i) =>
    Array.from({ length: wanted[i]?.count ?? 0 }, () => prompt),
  );
  if (prompts.length === 0) return groups;
  const rollouts = await lab.reasoner.sample(prompts, {
    maxNewTokens: lab.config.maxSolveTokens,
    temperature: lab.config.temperature,
    seed: lab.random.uint32(),
  });
  let next = 0;
  for (const [i, group] of groups.entries()) {
    const count = wanted[i]?.count ?? 0;
    group.rollouts = rollouts.slice(next, next + count);
    next += count;
  }
  return groups;
}

/** The sandbox as judge: fills in verdicts, rewards and solve rates. Its rulings are told, and answers shaped to fool it. */
export async function judgeAttempts(lab: Lab, groups: readonly AttemptGroup[], step: number): Promise<void> {
  const submissions = groups.flatMap(({ task, rollouts }) => rollouts.map((rollout) => ({ task, rollout })));
  const judged = await judgeAll(submissions, lab.sandbox);
  let next = 0;
  for (const group of groups) {
    group.judged = judged.slice(next, next + group.rollouts.length);
    next += group.rollouts.length;
    group.rewards = group.judged.map((judgement) => solverReward(judgement, lab.config));
    group.solveRate = mean(group.judged.map((judgement) => success(judgement)));
  }
  const earned = groups.flatMap(({ rewards }) => rewards);
  await lab.listener(
    rulingsOf(
      step,
      'solve',
      judged.map(({ trial }, i) => ({
        kind: (submissions[i] as (typeof submissions)[number]).task.kind,
        trial,
        reward: earned[i] ?? null,
      })),
    ),
  );
  const found = groups.flatMap(({ task, rollouts, judged: verdicts, rewards }) =>
    rollouts.map(({ tokens }, i) => ({
      kind: task.kind,
      told: trickOfAnswer(task, tokens, verdicts[i] as Judged),
      reward: rewards[i] ?? null,
    })),
  );
  const tricks = countTricks(step, 'solve', found);
  if (tricks.length > 0) await lab.listener({ type: 'tricks', step, role: 'solve', tricks });
}

/** Eq 8 for the solver: fills in advantages, kind by kind. */
export function setSolverAdvantages(
  groups: readonly AttemptGroup[],
  { baseline }: Pick<Config, 'baseline'>,
): void {
  for (const kind of new Set(groups.map(({ task }) => task.kind))) {
    const ofKind = groups.filter(({ task }) => task.kind === kind);
    const values = advantages(
      ofKind.map(({ rewards }) => rewards),
      baseline,
    );
    for (const [i, group] of ofKind.entries()) group.advantages = values[i] as number[];
  }
}

/** The records that the page and the run's files keep. */
export function recordAttempts(groups: readonly AttemptGroup[], step: number): Attempt[] {
  return groups.flatMap(({ task, rollouts, judged, rewards, advantages: values }) =>
    rollouts.map(({ tokens }, i) => {
      const { verdict, solution } = judged[i] as Judged;
      return {
        taskId: task.id,
        response: render(tokens),
        answer: solution?.answer ?? null,
        thinks: isThinking(tokens),
        verdict,
        reward: rewards[i] ?? 0,
        advantage: values[i] ?? 0,
        tokens: tokens.length,
        step,
      };
    }),
  );
}
