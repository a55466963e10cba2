/** The page's words in one place: names of kinds, stages and refusals, and what they mean in plain English. */
import type { RunState } from '../run/protocol.ts';
import type { SolveState } from '../run/taskBook.ts';
import type { Attempted } from '../run/verdictLog.ts';
import { SPECS } from '../tasks/index.ts';
import type { KindSpec, Rejection } from '../tasks/kind.ts';
import type { Role, RoleKind, TaskKind, Verdict } from '../tasks/task.ts';
import type { Phase } from '../watch/events.ts';
import type { BlockedAttempt, Hack, SandboxVerdict, UhOh } from '../watch/findings.ts';
import { again, msg, t } from '../words/words.ts';
import { compact, count } from './format.ts';

export const TAGLINE = msg(
  'A small AI that teaches itself, all in this tab: it invents Python puzzles, real Python checks them, it learns from its own tries.',
);

export const STATE_TEXT: Record<RunState, string> = {
  idle: msg('Ready'),
  loading: msg('Getting ready'),
  'warming-up': msg('Warm-up'),
  seeding: msg('Seeding the buffer'),
  running: msg('Running'),
  paused: msg('Paused'),
  finished: msg('Finished'),
  failed: msg('Stopped'),
};

/** The five stages of the diagram; evaluation is not one of them. */
export const LOOP_STAGES = ['propose', 'verify', 'attempt', 'judge', 'update'] as const satisfies Phase[];
export type LoopStage = (typeof LOOP_STAGES)[number];

export const STAGE_TEXT: Record<LoopStage, { name: string; by: string; before: string; now: string }> = {
  propose: {
    name: msg('Propose'),
    by: msg('reasoner'),
    before: msg('The reasoner reads programs from the buffer and writes a new one, with an input.'),
    now: msg('The reasoner reads programs from its buffer and writes a new task.'),
  },
  verify: {
    name: msg('Verify'),
    by: msg('Python'),
    before: msg('Real Python runs it twice. Errors, endless loops and trivial programs are refused.'),
    now: msg('Python runs the program twice: only tasks with one certain answer enter the buffer.'),
  },
  attempt: {
    name: msg('Attempt'),
    by: msg('reasoner'),
    before: msg('The reasoner tries its own task several times, thinking first or answering at once.'),
    now: msg('The reasoner tries to solve the task it has just invented, several times over.'),
  },
  judge: {
    name: msg('Judge'),
    by: msg('Python'),
    before: msg('Python runs every answer. No person and no other model has a say.'),
    now: msg('Python runs every answer: right earns 1, wrong −0.5, unreadable −1.'),
  },
  update: {
    name: msg('Update'),
    by: msg('reasoner'),
    before: msg('What worked becomes likelier. Inventing pays for tasks solved only sometimes.'),
    now: msg('The network is nudged once: tries better than average become likelier, worse ones rarer.'),
  },
};

export const REJECTION_TEXT: Record<Rejection, { name: string; meaning: string }> = {
  format: { name: msg('unreadable'), meaning: msg('not a program and an input') },
  unfinished: { name: msg('unfinished'), meaning: msg('cut at the longest length') },
  syntax: { name: msg('syntax'), meaning: msg('Python cannot parse it') },
  forbidden: { name: msg('forbidden'), meaning: msg('uses what the sandbox does not allow') },
  input: { name: msg('bad input'), meaning: msg('the input is not a literal or does not fit') },
  error: { name: msg('error'), meaning: msg('raised an exception') },
  budget: { name: msg('too many steps'), meaning: msg('ran out of its step budget') },
  timeout: { name: msg('timeout'), meaning: msg('had to be stopped by the clock') },
  memory: { name: msg('memory'), meaning: msg('ran out of memory') },
  output: { name: msg('bad output'), meaning: msg('returned something that is not a literal') },
  nondeterministic: { name: msg('not repeatable'), meaning: msg('two runs gave different results') },
  'banned-word': { name: msg('banned word'), meaning: msg('raises an error by name') },
  identity: { name: msg('identity'), meaning: msg('returns its input unchanged') },
  constant: { name: msg('constant'), meaning: msg('returns the same for every input') },
  'unused-argument': { name: msg('unused argument'), meaning: msg('never reads its argument') },
  range: { name: msg('out of range'), meaning: msg('a number beyond ±99') },
  'too-many-values': { name: msg('too many values'), meaning: msg('returns more than three values') },
  guessable: { name: msg('guessable'), meaning: msg('gives fewer than five different results') },
  'too-long': { name: msg('too long'), meaning: msg('does not fit the context as a task') },
  'too-few-examples': { name: msg('too few examples'), meaning: msg('not enough valid, different inputs') },
  'held-out': { name: msg('held out'), meaning: msg('belongs to the programs kept for evaluation') },
  known: { name: msg('known'), meaning: msg('already in the buffer: trains, but does not enter') },
};

/** What the sandbox can say of a program it was given, in the order in which it would find out. */
export const SANDBOX_VERDICT_TEXT: Record<SandboxVerdict, { name: string; meaning: string }> = {
  accepted: { name: msg('accepted'), meaning: msg('ran to its end and returned a literal') },
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
    ? { name: msg('proposal'), meaning: PROPOSED_TEXT[proposes] }
    : { name: msg('answer'), meaning: ANSWERED_TEXT[asks] };
}

const PROPOSED_TEXT: Record<KindSpec['proposes'], string> = {
  program: msg('The reasoner wrote the program and its input.'),
  inputs: msg('The program is from the buffer; the reasoner chose this input for it.'),
};
const ANSWERED_TEXT: Record<KindSpec['asks'], string> = {
  output: msg('The reasoner answered a task.'),
  input: msg('The program is the task’s; the reasoner answered with this input.'),
  program: msg('The reasoner answered with this program; it was tried on a hidden input.'),
};

export const UH_OH_TEXT: Record<UhOh, { name: string; meaning: string }> = {
  forbidden: { name: msg('Forbidden'), meaning: msg('reached for what the sandbox does not allow') },
  judge: {
    name: msg('Not an answer'),
    meaning: msg('a calculation, a call or the program itself where a value was asked for'),
  },
  endless: { name: msg('Never ends'), meaning: msg('ran past its steps, its time or its memory') },
  unreliable: { name: msg('Not repeatable'), meaning: msg('two runs gave different results') },
};

export const HACK_TEXT: Record<Hack, { name: string; meaning: string }> = {
  expression: { name: msg('expression'), meaning: msg('left the computing to whoever evaluates it') },
  comparison: { name: msg('comparison'), meaning: msg('would be true whatever the answer is') },
  call: { name: msg('call'), meaning: msg('would have the judge call a function') },
  injection: { name: msg('injection'), meaning: msg('would leave the brackets it is put in') },
  equality: { name: msg('own equality'), meaning: msg('defines how values are compared') },
  repetition: { name: msg('repeated program'), meaning: msg('gives the program back instead of its result') },
  lookup: { name: msg('lookup'), meaning: msg('lists the shown examples and is right on no other') },
};

/** What was tried, in a word or two. */
export function triedName(attempt: Attempted): string {
  return 'hack' in attempt ? HACK_TEXT[attempt.hack].name : SANDBOX_VERDICT_TEXT[attempt.refusal].name;
}

/** The same with what was done about it, in a line. */
export function doneInShort(attempt: Attempted): string {
  const done = !('hack' in attempt)
    ? withLine(attempt.detail)
    : attempt.hack === 'lookup'
      ? t('right on no hidden example')
      : t('refused: not a literal');
  return attempt.reward === null
    ? done
    : t('{done}; reward {reward}', { done, reward: compact(attempt.reward) });
}

/** What was done about an attempt, in sentences. */
export function whatWasDone(attempt: Attempted): string {
  const done = !('hack' in attempt)
    ? whatTheSandboxDid(attempt)
    : attempt.hack === 'lookup'
      ? t('Run on the hidden examples: none agrees.')
      : t('Refused: not a literal. It was never evaluated.');
  return attempt.reward === null
    ? done
    : t('{done} Reward {reward}.', { done, reward: compact(attempt.reward) });
}

/** What the sandbox did about an attempt, in one sentence. */
export function whatTheSandboxDid({ refusal, detail }: Pick<BlockedAttempt, 'refusal' | 'detail'>): string {
  switch (refusal) {
    case 'forbidden':
      return forbidden(detail);
    case 'budget': {
      const steps = /^more than (\d+) steps$/.exec(detail)?.[1];
      return steps
        ? t('Stopped after {steps} steps, its whole budget.', { steps: count(Number(steps)) })
        : stopped(detail);
    }
    case 'memory':
      return stopped(detail);
    case 'timeout':
      return t('Ended by the clock: {detail}. Its worker was replaced.', { detail: again(detail) });
    case 'nondeterministic':
      return t('Not accepted although it ran: {detail}.', { detail: again(detail) });
  }
}

/** Only what was found by reading the program has a line. */
function forbidden(detail: string): string {
  return lineOf(detail) === null
    ? t('Stopped when it tried: {detail}.', { detail: again(detail) })
    : t('Refused before it ran: {detail} is not on the list of what a program may use.', {
        detail: withLine(detail),
      });
}

/** The detail with its line as the page counts. */
function withLine(detail: string): string {
  const line = lineOf(detail);
  if (line === null) return again(detail);
  const what = again(detail.replace(LINE, ''));
  return line === 0 ? t('{what} (the first line)', { what }) : t('{what} (line {line})', { what, line });
}

function stopped(detail: string): string {
  return t('Stopped while it ran: {detail}.', { detail: again(detail) });
}

const LINE = / \(line (\d+)\)$/;

/** The line a detail speaks of, as thoughts and pages count (0 is that of `def`; Python says 1), or null. */
export function lineOf(detail: string): number | null {
  const line = LINE.exec(detail)?.[1];
  return line ? Number(line) - 1 : null;
}

export const VERDICT_TEXT: Record<Verdict, { mark: string; name: string }> = {
  correct: { mark: '✓', name: msg('correct') },
  wrong: { mark: '×', name: msg('wrong') },
  format: { mark: '?', name: msg('unreadable') },
  unfinished: { mark: '…', name: msg('unfinished') },
};

export const SOLVE_STATE_TEXT: Record<SolveState, { name: string; meaning: string }> = {
  never: { name: msg('never solved'), meaning: msg('no attempt was right') },
  sometimes: { name: msg('sometimes'), meaning: msg('some attempts were right: here is something to learn') },
  always: { name: msg('always'), meaning: msg('every attempt was right') },
  new: { name: msg('new'), meaning: msg('not attempted yet') },
};
