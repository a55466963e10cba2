/** From a proposal to a verified task, or to the one reason why not (paper §3.3.3): what the kinds share. */
import { isHeldOut } from '../language/heldOut.ts';
import type { TaskLimits } from '../language/limits.ts';
import { canonicalText, parseArguments } from '../language/literal.ts';
import { fingerprintKey, type Probes, probesFor, resultKey } from '../language/probes.ts';
import { encode, isEncodable } from '../language/tokenizer.ts';
import type { Outcome, RunRequest, Sandbox } from '../sandbox/sandbox.ts';
import type {
  Execution,
  KindSpec,
  ParsedProposal,
  ProposalRuns,
  Refused,
  Rejection,
  Triplet,
  Validity,
  VerificationRules,
} from './kind.ts';

/** How often a proposal is run on its own inputs, in fresh namespaces: the paper's j. All runs must agree. */
const DETERMINISM_RUNS = 2;

/** The refusal of a proposal, with its reason in words. */
export function refuse(rejection: Rejection, detail: string): Refused {
  return { ok: false, rejection, detail };
}

/** What is to be verified: a proposal that was read from a response, or why it could not be. */
export interface Candidate {
  spec: KindSpec;
  references: ProposalRuns['references'];
  proposal: ParsedProposal | Refused;
}

/** The verdict on a proposal and the runs of its own inputs; null when it never came to be run. */
export interface Verified {
  verdict: Validity;
  execution: Execution | null;
}

/** A response of the proposer as it is to be verified; what is wrong with it before any run is a refusal. */
export function prepareProposal(
  spec: KindSpec,
  { finished, parsed }: { finished: boolean; parsed: ParsedProposal | null },
  rules: VerificationRules,
): ParsedProposal | Refused {
  if (!finished) return refuse('unfinished', 'The proposal was cut at its longest length.');
  if (!parsed) return refuse('format', 'Not a program and its input.');
  return spec.prepare(parsed, rules);
}

/** Verifies proposals, in order, with one batch of runs in the sandbox. */
export async function verifyAll(
  candidates: readonly Candidate[],
  sandbox: Pick<Sandbox, 'run'>,
  rules: VerificationRules,
): Promise<Verified[]> {
  const plans = candidates.map(({ spec, proposal }) =>
    'rejection' in proposal ? null : planRuns(proposal, spec.probesOf(proposal)),
  );
  const results = await sandbox.run(plans.flatMap((plan) => plan?.requests ?? []));
  let next = 0;
  return candidates.map(({ spec, references, proposal }, i) => {
    const plan = plans[i];
    if ('rejection' in proposal || !plan) return { verdict: proposal as Refused, execution: null };
    const [own = [], probed = []] = plan.requests.map(() => results[next++]?.outcomes ?? []);
    const verified = spec.verify({ proposal, references, probes: plan.probes, own, probed }, rules);
    const verdict = verified.ok ? refuseUnfit(spec, verified, rules) : verified;
    return { verdict, execution: { ...proposal, outcomes: own } };
  });
}

/** Of programs that nobody learns to propose. */
export const NO_RULES = { rejectTrivial: false, limits: null } as const;

/** A program that a person wrote, with its input: verified like a proposal, but it may be trivial or held out. */
export async function verifyByHand(
  program: string,
  input: string,
  sandbox: Pick<Sandbox, 'run'>,
): Promise<Validity> {
  if (!isEncodable(program) || !isEncodable(input)) {
    return refuse('syntax', 'Only printable ASCII characters and newlines can be read by the reasoner.');
  }
  const proposal = { program, inputs: [input] };
  const { probes, requests } = planRuns(proposal, probesFor(input));
  const [own, probed] = await sandbox.run(requests);
  const runs = {
    proposal,
    references: [],
    probes,
    own: own?.outcomes ?? [],
    probed: probed?.outcomes ?? [],
  };
  return verifyProgram(runs, NO_RULES);
}

interface Plan {
  probes: Probes | null;
  requests: RunRequest[];
}

/** The proposal's own inputs are run several times, to see that results repeat, and the probes once. */
function planRuns({ program, inputs }: ParsedProposal, probes: Probes | null): Plan {
  const requests: RunRequest[] = [{ program, inputs, runs: DETERMINISM_RUNS }];
  if (probes) {
    requests.push({ program, inputs: [...probes.inputs, ...probes.variations.flat(2)], runs: 1 });
  }
  return { probes, requests };
}

/** The probes of a program with one input: `probesOf` of kinds whose proposals are those. */
export function probesOfProgram({ inputs }: ParsedProposal): Probes {
  return probesFor(inputs[0] as string);
}

/**
 * `verify` of kinds whose proposal is a program with one input: it must run, keep to the level's limits, and do something if
 * `rejectTrivial`. `keyOf` is how an outcome stands in the program's behaviour.
 */
export function verifyProgram(
  { proposal: { program, inputs }, probes, own, probed }: ProposalRuns,
  { rejectTrivial, limits }: Pick<VerificationRules, 'rejectTrivial' | 'limits'>,
  keyOf: (outcome: Outcome) => string = outcomeKey,
): Validity {
  const input = inputs[0] as string;
  const [outcome] = own;
  if (!outcome) return refuse('error', 'The program was not run.');
  if (!outcome.ok) return refuse(outcome.refusal, outcome.detail);
  const { signature = '', inputs: probeInputs = [], variations = [] } = probes ?? {};
  const keys = probed.map(keyOf);
  const onProbes = keys.slice(0, probeInputs.length);
  const trivial =
    rejectTrivial &&
    triviality(
      program,
      [input, ...probeInputs],
      [keyOf(outcome), ...onProbes],
      splitLike(variations, keys.slice(probeInputs.length)),
    );
  if (trivial) return trivial;
  const triplet = { program, input, output: outcome.output };
  const beyond = limits && beyondLimits(triplet, onProbes, limits);
  if (beyond) return beyond;
  // A program without arguments does nothing but its one result.
  const fingerprint = fingerprintKey(signature, input === '' ? [keyOf(outcome)] : onProbes);
  return { ok: true, triplet, fingerprint };
}

/** Results where the program fails do not speak for triviality, only where it returns. */
function triviality(
  program: string,
  inputs: readonly string[],
  keys: readonly string[],
  variations: readonly (readonly (readonly string[])[])[],
): Refused | null {
  const returned = keys.flatMap((key, i) => (key.startsWith('!') ? [] : [{ key, input: inputs[i] }]));
  if (inputs[0] !== '' && returned.every(({ key, input }) => key === input)) {
    return refuse('identity', 'It returns its input on every probe.');
  }
  const unread = parametersOf(program).find(({ name, body }) => !new RegExp(`\\b${name}\\b`).test(body));
  if (unread) return refuse('unused-argument', `The argument ${unread.name} is never read.`);
  // Varied alone around several base points, an argument that matters changes the result somewhere.
  const idle = variations.findIndex((groups) =>
    groups.every((group) => group.every((key) => key === group[0])),
  );
  if (idle >= 0) return refuse('unused-argument', `Argument ${idle + 1} never changes the result.`);
  if (returned.every(({ key }) => key === returned[0]?.key)) {
    return refuse('constant', `It returns ${returned[0]?.key} on every probe.`);
  }
  return null;
}

/** What a level's tasks must not be; null where a task is within all limits. */
function beyondLimits(
  { program, input, output }: Pick<Triplet, 'program' | 'input' | 'output'>,
  onProbes: readonly string[],
  { largestInteger, mostValues, leastDistinct }: TaskLimits,
): Refused | null {
  const integers = [program, input, output].flatMap((text) => text.match(/\d+/g) ?? []);
  const tooLarge = integers.find((text) => Number(text) > largestInteger);
  if (tooLarge !== undefined) return refuse('range', `${tooLarge} is beyond ±${largestInteger}.`);
  const values = parseArguments(output);
  const [value] = values.ok ? values.value : [];
  const count = value?.type === 'tuple' ? value.items.length : 1;
  if (count > mostValues) return refuse('too-many-values', `It returns ${count} values.`);
  const returned = onProbes.filter((key) => !key.startsWith('!'));
  const distinct = new Set(returned).size;
  if (distinct < Math.min(leastDistinct, returned.length)) {
    return refuse('guessable', `It gives ${distinct} different results on ${returned.length} probes.`);
  }
  return null;
}

/** Refuses programs that act like one of the test set, whatever their text. */
export function refuseHeldOut(validity: Validity): Validity {
  if (!validity.ok || !isHeldOut(validity.fingerprint)) return validity;
  return refuse('held-out', 'The program acts like one of the test set.');
}

/** A task must leave half of the context to the response, and its answer must be readable and fit there. */
function refuseUnfit(
  spec: KindSpec,
  verified: Extract<Validity, { ok: true }>,
  { contextLength, maxSolveTokens, tokenizer = { encode, isEncodable } }: VerificationRules,
): Validity {
  const { triplet } = verified;
  const outputs = triplet.examples?.map(({ output }) => output) ?? [triplet.output];
  if (!outputs.every((output) => tokenizer.isEncodable(output)))
    return refuse('output', 'The output has characters without tokens.');
  // Read a second time, by the parser that reads answers: a task whose output it cannot read has no solution.
  if (!outputs.every((output) => spec.isOutput(output))) {
    return refuse('output', 'The output is not a literal that an answer could equal.');
  }
  const prompt = spec.solvePrompt(triplet).length;
  const room = Math.min(maxSolveTokens, contextLength - prompt);
  if (prompt > contextLength / 2 || spec.answerTokens(triplet) > room) {
    return refuse(
      'too-long',
      `${prompt} tokens of prompt and ${tokenizer.encode(triplet.output).length} of output.`,
    );
  }
  return verified;
}

/** `isOutput` of kinds whose answers are literals. */
export function isLiteral(output: string): boolean {
  return canonicalText(output) === output;
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
