import type { Outcome, RunRequest, Sandbox } from '../sandbox/sandbox.ts';
import { SPECS } from './index.ts';
import type { Execution, Judgement, KindSpec, Solution, Triplet } from './kind.ts';
import type { TaskKind } from './task.ts';

export interface Submission {
  task: Triplet & { kind: TaskKind };
  rollout: { readonly tokens: readonly number[]; readonly finished: boolean };
}

export interface Judged extends Judgement {
  /** Null when the response could not be read. */
  solution: Solution | null;
  /** Null when nothing had to be run. */
  execution: Execution | null;
}

/**
 * Judges responses, in order. Whatever must be executed goes to the sandbox in one batch; equal programs
 * share a request and equal inputs a run, since attempts at one task often agree. `specs` are the kinds in the wording in
 * which the responses were asked for.
 */
export async function judgeAll(
  submissions: readonly Submission[],
  sandbox: Pick<Sandbox, 'run'>,
  specs: Readonly<Record<TaskKind, KindSpec>> = SPECS,
): Promise<Judged[]> {
  const solutions = submissions.map(({ task, rollout }) =>
    rollout.finished ? specs[task.kind].parseSolution(rollout.tokens) : null,
  );
  const requests = submissions.map(({ task }, i) => {
    const solution = solutions[i];
    return solution ? specs[task.kind].judgeRequest(task, solution.answer) : null;
  });
  const outcomesOf = await runMerged(
    requests.filter((request) => request !== null),
    sandbox,
  );
  return submissions.map(({ task, rollout }, i) => {
    const solution = solutions[i] ?? null;
    if (!rollout.finished) return { verdict: 'unfinished', score: 0, solution, execution: null };
    if (!solution) return { verdict: 'format', score: 0, solution, execution: null };
    const request = requests[i];
    const outcomes = request ? outcomesOf(request) : [];
    const execution = request ? { program: request.program, inputs: request.inputs, outcomes } : null;
    return { ...specs[task.kind].judge(task, solution.answer, outcomes), solution, execution };
  });
}

async function runMerged(
  requests: readonly RunRequest[],
  sandbox: Pick<Sandbox, 'run'>,
): Promise<(request: RunRequest) => Outcome[]> {
  const inputsByProgram = new Map<string, Set<string>>();
  for (const { program, inputs } of requests) {
    const known = inputsByProgram.get(program) ?? new Set();
    for (const input of inputs) known.add(input);
    inputsByProgram.set(program, known);
  }
  const merged: RunRequest[] = [...inputsByProgram].map(([program, inputs]) => ({
    program,
    inputs: [...inputs],
    runs: 1,
  }));
  const results = merged.length > 0 ? await sandbox.run(merged) : [];
  const outcomes = new Map<string, Map<string, Outcome>>();
  for (const [i, { program, inputs }] of merged.entries()) {
    const byInput = new Map<string, Outcome>();
    for (const [j, input] of inputs.entries()) byInput.set(input, results[i]?.outcomes[j] as Outcome);
    outcomes.set(program, byInput);
  }
  return ({ program, inputs }) => inputs.map((input) => outcomes.get(program)?.get(input) as Outcome);
}
