/** From a proposal's text to a verified task, or to the one reason why not (paper §3.3.3). */
import type { Config } from '../config/hyperparameters.ts';
import { NO_ERROR } from '../language/errors.ts';
import { isHeldOut } from '../language/heldOut.ts';
import { canonicalText } from '../language/literal.ts';
import { behaviourKey, type Probes, probesFor, resultKey } from '../language/probes.ts';
import { encode, isEncodable } from '../language/tokenizer.ts';
import type { Rollout } from '../reasoner/reasoner.ts';
import type { Outcome, RunRequest, Sandbox } from '../sandbox/sandbox.ts';
import { SPECS } from '../tasks/index.ts';
import type { Trial } from '../tasks/judging.ts';
import type { Proposal, Triplet } from '../tasks/kind.ts';
import type { Task, TaskKind } from '../tasks/task.ts';
import type { Rejection } from './metrics.ts';
import { bannedWordIn, mentions, prepareProgram, type TextConfig } from './programText.ts';

/** One response of the proposer. */
export interface Draft {
  kind: TaskKind;
  references: readonly Task[];
  prompt: readonly number[];
  rollout: Rollout;
}

export type Validity =
  | { ok: true; triplet: Triplet; behaviour: string }
  | { ok: false; rejection: Rejection; detail: string };

/** A draft's validity and the runs of its own inputs; null when it never came to be run. */
export type Examined = Validity & { trial: Trial | null };

export type ValidityConfig = TextConfig &
  Pick<
    Config,
    | 'determinismRuns'
    | 'rejectIdentity'
    | 'rejectConstant'
    | 'rejectUnusedArgument'
    | 'rejectInputInCode'
    | 'rejectRaise'
    | 'bannedWords'
    | 'alsoBanned'
    | 'inductionExamples'
    | 'inductionMessage'
    | 'maxSolveTokens'
  >;

type Refused = Extract<Validity, { ok: false }>;
const refuse = (rejection: Rejection, detail: string): Refused => ({ ok: false, rejection, detail });

/** What is to be checked: a program and inputs that were read from a draft, or why they could not be. */
export interface Candidate extends Pick<Draft, 'kind' | 'references'> {
  proposal: Proposal | Refused;
}

/** Checks drafts, in order, with one batch of runs in the sandbox. */
export async function checkDrafts(
  drafts: readonly Draft[],
  sandbox: Sandbox,
  contextLength: number,
  config: ValidityConfig,
): Promise<Examined[]> {
  const candidates = drafts.map((draft) => ({ ...draft, proposal: readDraft(draft, config) }));
  return checkCandidates(candidates, sandbox, contextLength, config);
}

/** As {@link checkDrafts}, for what is read already. */
export async function checkCandidates(
  candidates: readonly Candidate[],
  sandbox: Sandbox,
  contextLength: number,
  config: ValidityConfig,
): Promise<Examined[]> {
  const plans = candidates.map(({ kind, proposal }) => {
    if ('rejection' in proposal) return null;
    // An induction proposal brings a program of the buffer: what it does is known already.
    const probes = kind === 'induction' ? null : probesFor(proposal.inputs[0] as string);
    return planRuns(proposal, probes, config.determinismRuns);
  });
  const results = await sandbox.run(plans.flatMap((plan) => plan?.requests ?? []));
  let next = 0;
  return candidates.map(({ kind, references, proposal }, i) => {
    const plan = plans[i];
    if ('rejection' in proposal || !plan) return { ...(proposal as Refused), trial: null };
    const outcomes = plan.requests.map(() => results[next++]?.outcomes ?? []);
    const verified =
      kind === 'induction'
        ? verifyExamples(references, proposal, outcomes[0] ?? [], config)
        : kind === 'error'
          ? verifyError(proposal, plan.probes, outcomes)
          : verifyProgram(proposal, plan.probes, outcomes, config);
    const validity = verified.ok ? checkTask(kind, verified, contextLength, config) : verified;
    return { ...validity, trial: { ...proposal, outcomes: outcomes[0] ?? [] } };
  });
}

/** A program given by hand, with its input: verified like a proposal, but triviality is allowed. */
export async function checkProgram(program: string, input: string, sandbox: Sandbox): Promise<Validity> {
  if (!isEncodable(program) || !isEncodable(input)) {
    return refuse('syntax', 'Only printable ASCII characters and newlines can be read by the reasoner.');
  }
  const plan = planRuns({ program, inputs: [input] }, probesFor(input), 2);
  const results = await sandbox.run(plan.requests);
  return verifyProgram(
    { program, inputs: [input] },
    plan.probes,
    results.map(({ outcomes }) => outcomes),
    ALLOW_TRIVIAL,
  );
}

function readDraft({ kind, references, rollout }: Draft, config: ValidityConfig): Proposal | Refused {
  if (!rollout.finished) return refuse('unfinished', 'The proposal was cut at its longest length.');
  const proposal = SPECS[kind].parseProposal(rollout.tokens, references);
  if (!proposal) return refuse('format', 'Not a program and its input.');
  if (kind === 'induction') {
    const wanted = config.inductionExamples;
    if (proposal.inputs.length < wanted) {
      return refuse('too-few-examples', `${proposal.inputs.length} distinct inputs of ${wanted}.`);
    }
    return { ...proposal, inputs: proposal.inputs.slice(0, wanted) };
  }
  return prepare(kind, proposal, config);
}

/** The proposal with the text that is to be run, or what is wrong with it before any run. */
function prepare(
  kind: TaskKind,
  { program: written, inputs }: Proposal,
  config: ValidityConfig,
): Proposal | Refused {
  const program = prepareProgram(written, config);
  if (kind === 'error' && config.rejectRaise && mentions(program, 'raise')) {
    return refuse('banned-word', 'A program of error deduction must not raise an error by name.');
  }
  const banned = bannedWordIn(program, config);
  if (banned) return refuse('banned-word', `The list of banned words holds ${banned}.`);
  const [input = ''] = inputs;
  if (config.rejectInputInCode && input !== '' && mentions(program, input)) {
    return refuse('input-in-code', `The program holds its own input ${input}.`);
  }
  return { program, inputs };
}

interface Plan {
  probes: Probes | null;
  requests: RunRequest[];
}

/** The proposal's own inputs run `runs` times (determinism, the paper's j), the probes once. */
function planRuns({ program, inputs }: Proposal, probes: Probes | null, runs: number): Plan {
  const requests: RunRequest[] = [{ program, inputs, runs }];
  if (probes) {
    requests.push({ program, inputs: [...probes.inputs, ...probes.variations.flat(2)], runs: 1 });
  }
  return { probes, requests };
}

/** Tokens of a message: enough to name what a program is made of, too few to write it down. */
const LONGEST_MESSAGE = 24;

function verifyExamples(
  references: readonly Task[],
  { program, inputs, message }: Proposal,
  outcomes: readonly Outcome[],
  config: ValidityConfig,
): Validity {
  const examples = inputs.flatMap((input, i) => {
    const outcome = outcomes[i];
    return outcome?.ok ? [{ input, output: outcome.output }] : [];
  });
  const [first] = examples;
  if (!first || examples.length < inputs.length) {
    return refuse('too-few-examples', `${examples.length} of ${inputs.length} inputs run.`);
  }
  // With one output for all inputs, the constant program would pass for the answer.
  if (config.rejectConstant && examples.every(({ output }) => output === first.output)) {
    return refuse('constant', `Every example gives ${first.output}.`);
  }
  const triplet = { program, input: first.input, output: first.output, examples };
  const behaviour = references[0]?.behaviour ?? '';
  if (config.inductionMessage === 'off' || message === undefined) return { ok: true, triplet, behaviour };
  if (encode(message).length > LONGEST_MESSAGE) {
    return refuse(
      'too-long',
      `The message has more than ${LONGEST_MESSAGE} tokens; a program would fit in there.`,
    );
  }
  return { ok: true, triplet: { ...triplet, message }, behaviour };
}

function verifyProgram(
  { program, inputs }: Proposal,
  probes: Probes | null,
  [own, probed = []]: readonly (readonly Outcome[])[],
  config: Pick<ValidityConfig, 'rejectIdentity' | 'rejectConstant' | 'rejectUnusedArgument'>,
  keyOf: (outcome: Outcome) => string = outcomeKey,
): Validity {
  const input = inputs[0] as string;
  const outcome = own?.[0];
  if (!outcome) return refuse('error', 'The program was not run.');
  if (!outcome.ok) return refuse(outcome.refusal, outcome.detail);
  const { signature = '', inputs: probeInputs = [], variations = [] } = probes ?? {};
  const keys = probed.map(keyOf);
  const onProbes = keys.slice(0, probeInputs.length);
  const trivial = triviality(
    program,
    [input, ...probeInputs],
    [keyOf(outcome), ...onProbes],
    splitLike(variations, keys.slice(probeInputs.length)),
    config,
  );
  if (trivial) return trivial;
  const triplet = { program, input, output: outcome.output };
  // A program without arguments does nothing but its one result.
  const behaviour = behaviourKey(signature, input === '' ? [keyOf(outcome)] : onProbes);
  return { ok: true, triplet, behaviour };
}

/** For error deduction a program may raise; then the name of the exception's class is its output. */
function verifyError(
  proposal: Proposal,
  probes: Probes | null,
  outcomes: readonly (readonly Outcome[])[],
): Validity {
  const own = outcomes[0]?.[0];
  const raised = own && !own.ok && own.refusal === 'error' ? RAISED.exec(own.detail)?.[1] : null;
  const output = raised ?? NO_ERROR;
  // Limits, syntax and what is forbidden stay reasons to refuse: they are not the program's own errors.
  const asReturned: Outcome | undefined = raised ? { ok: true, output } : own;
  const [, ...probed] = outcomes;
  const verified = verifyProgram(
    proposal,
    probes,
    [asReturned ? [asReturned] : [], ...probed],
    ALLOW_TRIVIAL,
    classKey,
  );
  return verified.ok ? { ...verified, triplet: { ...verified.triplet, output } } : verified;
}

/** As {@link outcomeKey}, but with the class that was raised: here that is what programs do. */
function classKey(outcome: Outcome): string {
  const raised = outcome.ok ? undefined : RAISED.exec(outcome.detail)?.[1];
  return raised === undefined ? outcomeKey(outcome) : `!${raised}`;
}

/** How the sandbox tells of an exception: `ZeroDivisionError: division by zero`. */
const RAISED = /^([A-Z]\w*)(?::|$)/;

const ALLOW_TRIVIAL = { rejectIdentity: false, rejectConstant: false, rejectUnusedArgument: false };

/** Results where the program fails do not speak for triviality, only where it returns. */
function triviality(
  program: string,
  inputs: readonly string[],
  keys: readonly string[],
  variations: readonly (readonly (readonly string[])[])[],
  config: Pick<ValidityConfig, 'rejectIdentity' | 'rejectConstant' | 'rejectUnusedArgument'>,
): Refused | null {
  const returned = keys.flatMap((key, i) => (key.startsWith('!') ? [] : [{ key, input: inputs[i] }]));
  if (config.rejectIdentity && inputs[0] !== '' && returned.every(({ key, input }) => key === input)) {
    return refuse('identity', 'It returns its input on every probe.');
  }
  if (config.rejectUnusedArgument) {
    const unread = parametersOf(program).find(({ name, body }) => !new RegExp(`\\b${name}\\b`).test(body));
    if (unread) return refuse('unused-argument', `The argument ${unread.name} is never read.`);
    // Varied alone around several base points, an argument that matters changes the result somewhere.
    const idle = variations.findIndex((groups) =>
      groups.every((group) => group.every((k) => k === group[0])),
    );
    if (idle >= 0) return refuse('unused-argument', `Argument ${idle + 1} never changes the result.`);
  }
  if (config.rejectConstant && returned.every(({ key }) => key === returned[0]?.key)) {
    return refuse('constant', `It returns ${returned[0]?.key} on every probe.`);
  }
  return null;
}

/** What acts like a program of the test set is not a task, whatever its text. */
function checkTask(
  kind: TaskKind,
  verified: Extract<Validity, { ok: true }>,
  contextLength: number,
  config: ValidityConfig,
): Validity {
  // An induction proposal brings a program of the buffer, where nothing held out can be.
  const isTested = kind !== 'induction' && !(kind === 'error' && alwaysRaises(verified.behaviour));
  if (isTested && isHeldOut(verified.behaviour)) {
    return refuse('held-out', 'The program acts like one of the test set.');
  }
  return checkFit(kind, verified, contextLength, config);
}

/** Such programs are tasks of error deduction alone, and none of the test set is one of them. */
function alwaysRaises(behaviour: string): boolean {
  const keys = behaviour.slice(behaviour.indexOf(': ') + 2).split(' | ');
  return keys.every((key) => key.startsWith('!'));
}

/** A task must leave half of the context to the response, and its answer must fit there. */
function checkFit(
  kind: TaskKind,
  verified: Extract<Validity, { ok: true }>,
  contextLength: number,
  { maxSolveTokens }: ValidityConfig,
): Validity {
  const { triplet } = verified;
  const outputs = triplet.examples?.map(({ output }) => output) ?? [triplet.output];
  if (!outputs.every(isEncodable)) return refuse('output', 'The output has characters without tokens.');
  // Read a second time, by the parser that reads answers: a task whose output it cannot read has no solution.
  // The name of an exception is read as what it is.
  if (kind !== 'error' && !outputs.every((output) => canonicalText(output) === output)) {
    return refuse('output', 'The output is not a literal that an answer could equal.');
  }
  const prompt = SPECS[kind].solvePrompt(triplet).length;
  const room = Math.min(maxSolveTokens, contextLength - prompt);
  if (prompt > contextLength / 2 || SPECS[kind].answerTokens(triplet) > room) {
    return refuse('too-long', `${prompt} tokens of prompt and ${encode(triplet.output).length} of output.`);
  }
  return verified;
}

/** An outcome as it stands in a behaviour. */
export function outcomeKey(outcome: Outcome): string {
  return outcome.ok ? resultKey(outcome.output) : `!${outcome.refusal}`;
}

/** Parameters of `f` and the text in which they could be read. */
function parametersOf(program: string): { name: string; body: string }[] {
  const header = /^def f\(([^)]*)\)[^:]*:/.exec(program);
  if (!header) return [];
  const body = program.slice(header[0].length);
  const names = (header[1] as string).split(',').map((text) => /\w+/.exec(text)?.[0]);
  return names.flatMap((name) => (name ? [{ name, body }] : []));
}

/** `flat` cut into the nested shape of `shape`. */
function splitLike(
  shape: readonly (readonly (readonly string[])[])[],
  flat: readonly string[],
): string[][][] {
  let at = 0;
  return shape.map((groups) => groups.map((group) => group.map(() => flat[at++] ?? '')));
}
