/** ATTEMPT: what the solver is asked in a step, and its responses. */
import type { Random } from '../random.ts';
import type { Task } from '../tasks/task.ts';
import type { Context } from './context.ts';
import { judge } from './judge.ts';
import type { Attempt, AttemptGroup, Proposal } from './records.ts';
import { drawSolverTasks, drawTasks } from './references.ts';

/** What is asked of the solver: so many attempts at a task. */
export type Question = Pick<AttemptGroup, 'task' | 'proposal' | 'trains'> & { count: number };

/** n attempts at every new task to measure it, and the solver's practice. */
export function drawQuestions(context: Context, proposals: readonly Proposal[], random: Random): Question[] {
  const { config } = context;
  const count = config.attemptsPerTask;
  const fresh = proposals.flatMap((proposal): Question[] =>
    proposal.task ? [{ task: proposal.task, proposal, trains: config.reuseAttempts, count }] : [],
  );
  const practice = practiceTasks(
    context,
    fresh.map(({ task }) => task),
    random,
  ).map((task) => ({
    task,
    proposal: null,
    trains: true,
    count: config.reuseAttempts ? count : config.solverAttempts,
  }));
  return [...fresh, ...practice];
}

/** Tasks that the solver trains on besides, or (where attempts are not reused) instead of, new ones. */
function practiceTasks({ config, kinds, buffers }: Context, fresh: readonly Task[], random: Random): Task[] {
  return kinds.flatMap((kind) => {
    const buffer = buffers[kind];
    if (config.reuseAttempts) {
      return drawTasks(buffer.tasks, config.bufferTasksPerKind, config.replayWeighting, random);
    }
    const isDefect = config.eviction === 'official-defect';
    const newest = isDefect ? buffer.officialNewest() : fresh.filter((task) => task.kind === kind);
    return drawSolverTasks(newest, buffer.tasks, config.proposalsPerKind, config, random);
  });
}

/** The reasoner as solver, y ~ π_solve(· | x): responses to every question, at the configured temperature. */
export async function attempt(
  { reasoner, config, wording, emit }: Context,
  questions: readonly Question[],
  random: Random,
): Promise<AttemptGroup[]> {
  const asked = questions.map((question) => ({
    question,
    prompt: wording.specs[question.task.kind].solvePrompt(question.task),
    attempts: [] as Attempt[],
  }));
  const places = asked.flatMap((each) => Array.from({ length: each.question.count }, () => each));
  if (places.length > 0) {
    const rollouts = await reasoner.sample(
      places.map(({ prompt }) => prompt),
      {
        maxNewTokens: config.maxSolveTokens,
        temperature: config.temperature,
        seed: random.uint32(),
        onProgress: (done, total) => void emit({ type: 'progress', what: 'attempt', done, total }),
      },
    );
    for (const [i, { attempts }] of places.entries()) {
      attempts.push({ ...rollouts[i]!, judged: null, reward: null, advantage: null });
    }
  }
  return asked.map(({ question: { task, proposal, trains }, prompt, attempts }) => ({
    task,
    proposal,
    trains,
    prompt,
    attempts,
    solveRate: null,
  }));
}

/**
 * More attempts at the tasks that the first ones solve sometimes, joined to them: where all succeed or all fail, no
 * attempt is better than another. The first ones are judged here.
 */
export async function focus(
  context: Context,
  groups: readonly AttemptGroup[],
  random: Random,
): Promise<readonly AttemptGroup[]> {
  const count = context.config.focusAttempts;
  if (count === 0) return groups;
  await judge(context, groups);
  const open = groups.filter(({ solveRate }) => solveRate !== null && solveRate > 0 && solveRate < 1);
  const more = await attempt(
    context,
    open.map(({ task, proposal, trains }) => ({ task, proposal, trains, count })),
    random,
  );
  const further = new Map(open.map((group, i) => [group, more[i]!.attempts]));
  return groups.map((group) => ({
    ...group,
    attempts: [...group.attempts, ...(further.get(group) ?? [])],
  }));
}
