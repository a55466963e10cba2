/** The page's words in one place: names of kinds, stages and refusals, and what they mean in plain English. */
import type { RunState } from '../run/protocol.ts';
import type { SolveState } from '../run/taskBook.ts';
import type { Attempted } from '../run/verdictLog.ts';
import { SPECS } from '../tasks/index.ts';
import type { KindSpec, Rejection } from '../tasks/kind.ts';
import type { Role, RoleKind, TaskKind, Verdict } from '../tasks/task.ts';
import type { Phase } from '../watch/events.ts';
import type { BlockedAttempt, Hack, SandboxVerdict, UhOh } from '../watch/findings.ts';
import { count } from './format.ts';

export const TAGLINE =
  'A small AI that teaches itself: it invents Python puzzles, real Python checks them, it learns from its own tries. All in this tab.';

export const STATE_TEXT: Record<RunState, string> = {
  idle: 'Ready',
  loading: 'Getting ready',
  'warming-up': 'Warm-up',
  seeding: 'Seeding the buffer',
  running: 'Running',
  paused: 'Paused',
  finished: 'Finished',
  failed: 'Stopped',
};

/** The five stages of the diagram; evaluation is not one of them. */
export const LOOP_STAGES = ['propose', 'verify', 'attempt', 'judge', 'update'] as const satisfies Phase[];
export type LoopStage = (typeof LOOP_STAGES)[number];

export const STAGE_TEXT: Record<LoopStage, { name: string; by: string; before: string; now: string }> = {
  propose: {
    name: 'Propose',
    by: 'reasoner',
    before: 'The reasoner reads programs from the buffer and writes a new one, with an input.',
    now: 'The reasoner reads programs from its buffer and writes a new task.',
  },
  verify: {
    name: 'Verify',
    by: 'Python',
    before: 'Real Python runs it twice. Errors, endless loops and trivial programs are refused.',
    now: 'Python runs the program twice: only tasks with one certain answer enter the buffer.',
  },
  attempt: {
    name: 'Attempt',
    by: 'reasoner',
    before: 'The reasoner tries its own task several times, thinking first or answering at once.',
    now: 'The reasoner tries to solve the task it has just invented, several times over.',
  },
  judge: {
    name: 'Judge',
    by: 'Python',
    before: 'Python runs every answer. No person and no other model has a say.',
    now: 'Python runs every answer: right earns 1, wrong −0.5, unreadable −1.',
  },
  update: {
    name: 'Update',
    by: 'reasoner',
    before: 'What worked becomes likelier. Inventing pays for tasks solved only sometimes.',
    now: 'The network is nudged once: tries better than average become likelier, worse ones rarer.',
  },
};

export const REJECTION_TEXT: Record<Rejection, { name: string; meaning: string }> = {
  format: { name: 'unreadable', meaning: 'not a program and an input' },
  unfinished: { name: 'unfinished', meaning: 'cut at the longest length' },
  syntax: { name: 'syntax', meaning: 'Python cannot parse it' },
  forbidden: { name: 'forbidden', meaning: 'uses what the sandbox does not allow' },
  input: { name: 'bad input', meaning: 'the input is not a literal or does not fit' },
  error: { name: 'error', meaning: 'raised an exception' },
  budget: { name: 'too many steps', meaning: 'ran out of its step budget' },
  timeout: { name: 'timeout', meaning: 'had to be stopped by the clock' },
  memory: { name: 'memory', meaning: 'ran out of memory' },
  output: { name: 'bad output', meaning: 'returned something that is not a literal' },
  nondeterministic: { name: 'not repeatable', meaning: 'two runs gave different results' },
  'banned-word': { name: 'banned word', meaning: 'raises an error by name' },
  identity: { name: 'identity', meaning: 'returns its input unchanged' },
  constant: { name: 'constant', meaning: 'returns the same for every input' },
  'unused-argument': { name: 'unused argument', meaning: 'never reads its argument' },
  'too-long': { name: 'too long', meaning: 'does not fit the context as a task' },
  'too-few-examples': { name: 'too few examples', meaning: 'not enough valid, different inputs' },
  'held-out': { name: 'held out', meaning: 'belongs to the programs kept for evaluation' },
  known: { name: 'known', meaning: 'already in the buffer: trains, but does not enter' },
};

/** What the sandbox can say of a program it was given, in the order in which it would find out. */
export const SANDBOX_VERDICT_TEXT: Record<SandboxVerdict, { name: string; meaning: string }> = {
  accepted: { name: 'accepted', meaning: 'ran to its end and returned a literal' },
  syntax: REJECTION_TEXT.syntax,
  forbidden: REJECTION_TEXT.forbidden,
  input: REJECTION_TEXT.input,
  error: REJECTION_TEXT.error,
  budget: REJECTION_TEXT.budget,
  timeout: REJECTION_TEXT.timeout,
  memory: REJECTION_TEXT.memory,
  output: REJECTION_TEXT.output,
  nondeterministic: REJECTION_TEXT.nondeterministic,
};

/** What the reasoner did when the sandbox stopped it. */
export function triedText(key: RoleKind): { name: string; meaning: string } {
  const [role, kind] = key.split(':') as [Role, TaskKind];
  const { proposes, asks } = SPECS[kind];
  return role === 'propose'
    ? { name: 'proposal', meaning: PROPOSED_TEXT[proposes] }
    : { name: 'answer', meaning: ANSWERED_TEXT[asks] };
}

const PROPOSED_TEXT: Record<KindSpec['proposes'], string> = {
  program: 'The reasoner wrote the program and its input.',
  inputs: 'The program is from the buffer; the reasoner chose this input for it.',
};
const ANSWERED_TEXT: Record<KindSpec['asks'], string> = {
  output: 'The reasoner answered a task.',
  input: 'The program is the task’s; the reasoner answered with this input.',
  program: 'The reasoner answered with this program; it was tried on a hidden input.',
};

export const UH_OH_TEXT: Record<UhOh, { name: string; meaning: string }> = {
  forbidden: { name: 'Forbidden', meaning: 'reached for what the sandbox does not allow' },
  judge: {
    name: 'Not an answer',
    meaning: 'a calculation, a call or the program itself where a value was asked for',
  },
  endless: { name: 'Never ends', meaning: 'ran past its steps, its time or its memory' },
  unreliable: { name: 'Not repeatable', meaning: 'two runs gave different results' },
};

export const HACK_TEXT: Record<Hack, { name: string; meaning: string }> = {
  expression: { name: 'expression', meaning: 'left the computing to whoever evaluates it' },
  comparison: { name: 'comparison', meaning: 'would be true whatever the answer is' },
  call: { name: 'call', meaning: 'would have the judge call a function' },
  injection: { name: 'injection', meaning: 'would leave the brackets it is put in' },
  equality: { name: 'own equality', meaning: 'defines how values are compared' },
  repetition: { name: 'repeated program', meaning: 'gives the program back instead of its result' },
  lookup: { name: 'lookup', meaning: 'lists the shown examples and is right on no other' },
};

/** What was tried, in a word or two. */
export function triedName(attempt: Attempted): string {
  return 'hack' in attempt ? HACK_TEXT[attempt.hack].name : SANDBOX_VERDICT_TEXT[attempt.refusal].name;
}

/** The same with what was done about it, in a line. */
export function doneInShort(attempt: Attempted): string {
  const done = !('hack' in attempt)
    ? attempt.detail
    : attempt.hack === 'lookup'
      ? 'right on no hidden example'
      : 'refused: not a literal';
  return attempt.reward === null ? done : `${done}; reward ${signed(attempt.reward)}`;
}

/** What was done about an attempt, in sentences. */
export function whatWasDone(attempt: Attempted): string {
  const done = !('hack' in attempt)
    ? whatTheSandboxDid(attempt)
    : attempt.hack === 'lookup'
      ? 'Run on the hidden examples: none agrees.'
      : 'Refused: not a literal. It was never evaluated.';
  return attempt.reward === null ? done : `${done} Reward ${signed(attempt.reward)}.`;
}

function signed(reward: number): string {
  return reward < 0 ? `−${-reward}` : String(reward);
}

/** What the sandbox did about an attempt, in one sentence. */
export function whatTheSandboxDid({ refusal, detail }: Pick<BlockedAttempt, 'refusal' | 'detail'>): string {
  switch (refusal) {
    case 'forbidden':
      // Only what was found by reading the program has a line.
      return lineOf(detail) === null
        ? `Stopped when it tried: ${detail}.`
        : `Refused before it ran: ${detail} is not on the list of what a program may use.`;
    case 'budget': {
      const steps = /^more than (\d+) steps$/.exec(detail)?.[1];
      return steps ? `Stopped after ${count(Number(steps))} steps, its whole budget.` : stopped(detail);
    }
    case 'memory':
      return stopped(detail);
    case 'timeout':
      return `Ended by the clock: ${detail}. Its worker was replaced.`;
    case 'nondeterministic':
      return `Not accepted although it ran: ${detail}.`;
  }
}

function stopped(detail: string): string {
  return `Stopped while it ran: ${detail}.`;
}

/** The line a detail speaks of, counted from 1, or null. */
export function lineOf(detail: string): number | null {
  const line = /\(line (\d+)\)$/.exec(detail)?.[1];
  return line ? Number(line) : null;
}

export const VERDICT_TEXT: Record<Verdict, { mark: string; name: string }> = {
  correct: { mark: '✓', name: 'correct' },
  wrong: { mark: '×', name: 'wrong' },
  format: { mark: '?', name: 'unreadable' },
  unfinished: { mark: '…', name: 'unfinished' },
};

export const SOLVE_STATE_TEXT: Record<SolveState, { name: string; meaning: string }> = {
  never: { name: 'never solved', meaning: 'no attempt was right' },
  sometimes: { name: 'sometimes', meaning: 'some attempts were right: here is something to learn' },
  always: { name: 'always', meaning: 'every attempt was right' },
  new: { name: 'new', meaning: 'not attempted yet' },
};
