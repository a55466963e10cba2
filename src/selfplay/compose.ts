/**
 * Composition with earlier programs (paper Appendix D.2): a valid proposal f becomes f(g(x)), with g a program of the
 * buffer; of several values that g returns, the first is handed on. It is how tasks grow longer than anything the base was warmed up on. The official code keeps both functions
 * and lets f call g; here one flat function holds the lines of both. Or g becomes the alternative of an `if` of f that
 * has no `else`: sequence and choice, of which programs are made.
 */

import type { Config } from '../config/hyperparameters.ts';
import { canonical, parseArguments } from '../language/literal.ts';
import { fingerprintKey, probesFor } from '../language/probes.ts';
import { linesOf } from '../language/shape.ts';
import type { Random } from '../random.ts';
import type { Outcome } from '../sandbox/sandbox.ts';
import { SPECS } from '../tasks/index.ts';
import type { Valid } from '../tasks/kind.ts';
import type { Task, TaskKind } from '../tasks/task.ts';
import { outcomeKey, verifyAll } from '../tasks/verification.ts';
import { type Context, rulesOf } from './context.ts';
import { type ExpectedRate, expectedRates, sampleByShape } from './edge.ts';
import { addAlternative, composePrograms } from './joining.ts';
import type { Proposal } from './records.ts';

/** Tasks of the buffer looked at for one proposal: the first that will do is taken, or one of many that will do. */
const CANDIDATES = { any: 8, edge: 64 };
/**
 * Longest program that becomes an alternative, with a line to hand on its result, and longest one that has it. They stay
 * short, where it is the alternative that has to be learned; as partners they get into longer ones.
 */
const CHOICE_LINES = { alternative: 1, whole: 6 };

/** The task whose program is g, and what f and g are as one text: f(g(x)), or f with g as an alternative. */
interface Joined {
  inner: Task;
  program: string;
  form: 'sequence' | 'choice';
}

/** A composite that is tried. */
interface Composite extends Joined {
  proposal: Proposal;
  /** f, as it was verified alone. */
  outer: Valid;
}

/**
 * Composes where the dice say so: the proposal's verdict becomes that of the composite, and `inner` the task whose program
 * is in it. It stays as it is where it is not valid (or trivial) by itself, and where no drawn task of its kind
 * gives a composite that is valid, does f(g(x)) if it should, and nothing that f or g does alone.
 */
export async function compose(
  context: Context,
  proposals: readonly Proposal[],
  step: number,
  random: Random,
): Promise<void> {
  const { config, sandbox, wording } = context;
  if (step < config.compositionStart) return;
  const expected: Partial<Record<TaskKind, ExpectedRate>> = {};
  const expectedOf = (kind: TaskKind): ExpectedRate | null => {
    if (config.compositionPartner === 'any') return null;
    expected[kind] ??= expectedRates(context.buffers[kind].tasks, step, config.compositionMaxLines);
    return expected[kind];
  };
  const tried = proposals.flatMap((proposal): Composite[] => {
    const { kind, verdict } = proposal;
    if (!verdict?.ok || !SPECS[kind].composes) return [];
    // No dice where the answer is known, so that runs without choices are what they were before there were any.
    const isChoice = config.alternatives > 0 && random.chance(config.alternatives);
    const choice = isChoice ? drawChoice(context, kind, verdict, expectedOf(kind), random) : null;
    const isSequence = !choice && config.composition > 0 && random.chance(config.composition);
    const joined = isSequence ? drawSequence(context, kind, verdict, expectedOf(kind), random) : choice;
    return joined ? [{ proposal, outer: verdict, ...joined }] : [];
  });
  if (tried.length === 0) return;
  const verdicts = await verifyAll(
    tried.map(({ proposal: { kind }, program, outer }) => ({
      spec: wording.specs[kind],
      references: [],
      proposal: { program, inputs: [outer.triplet.input] },
    })),
    sandbox,
    rulesOf(context),
  );
  const valid = tried.flatMap((composite, i) => {
    const { verdict } = verdicts[i]!;
    return verdict.ok ? [{ ...composite, verdict }] : [];
  });
  const sequences = valid.filter(({ form }) => form === 'sequence');
  const applied = await applyBoth(context, sequences);
  const agrees = ({ verdict }: (typeof valid)[number], { output, fingerprint }: Expected) =>
    verdict.triplet.output === output && verdict.fingerprint === fingerprint;
  const sound = [
    ...sequences.filter((composite, i) => agrees(composite, applied[i]!)),
    ...valid.filter(({ form }) => form === 'choice'),
  ];
  for (const { proposal, inner, outer, verdict } of sound) {
    const isNew = ![inner, outer].some(({ fingerprint }) => fingerprint === verdict.fingerprint);
    if (isNew) Object.assign(proposal, { inner, verdict });
  }
}

/** Tasks of a buffer that are solved often enough to become a part of others. */
function mastered(tasks: readonly Task[], { compositionSolveRate }: Config): Task[] {
  return tasks.filter(({ solveRate }) => (solveRate ?? 0) >= compositionSolveRate);
}

/**
 * A task that takes and gives what the proposal takes, with the text of f(g(x)): the first of a few that will do, or
 * where rates are expected one of many, as {@link atTheEdge} draws. Null when none will do.
 */
function drawSequence(
  { buffers, config }: Context,
  kind: TaskKind,
  { triplet }: Valid,
  expected: ExpectedRate | null,
  random: Random,
): Joined | null {
  const taken = typesOf(triplet.input);
  const known = mastered(buffers[kind].tasks, config);
  const some = expected
    ? sampleByShape(known, CANDIDATES.edge, random)
    : random.sample(known, CANDIDATES.any);
  const candidates: Joined[] = [];
  for (const inner of some) {
    if (typesOf(inner.input) !== taken || typesOf(firstValue(inner.output)) !== taken) continue;
    const program = composePrograms(triplet.program, inner.program);
    if (!program || linesOf(program) > config.compositionMaxLines) continue;
    const joined: Joined = { inner, program, form: 'sequence' };
    if (!expected) return joined;
    candidates.push(joined);
  }
  return expected && atTheEdge(candidates, expected, random);
}

/**
 * A short task with the text of the proposal that has it as the alternative of one of its `if`s. Null when none will do, and
 * where rates are expected the oftener the less there is to learn from it.
 */
function drawChoice(
  { buffers, config }: Context,
  kind: TaskKind,
  { triplet }: Valid,
  expected: ExpectedRate | null,
  random: Random,
): Joined | null {
  const short = mastered(buffers[kind].tasks, config).filter(
    ({ program }) => linesOf(program) <= CHOICE_LINES.alternative,
  );
  for (const inner of random.sample(short, CANDIDATES.any)) {
    const programs = addAlternative(triplet.program, inner.program).filter(
      (program) => linesOf(program) <= Math.min(CHOICE_LINES.whole, config.compositionMaxLines),
    );
    if (programs.length === 0) continue;
    const program = random.pick(programs);
    const rate = expected?.(program) ?? 0.5;
    return random.chance(4 * rate * (1 - rate)) ? { inner, program, form: 'choice' } : null;
  }
  return null;
}

/** One of the candidates, the likelier the nearer its expected solve rate is to one half; null when there are none. */
function atTheEdge(candidates: readonly Joined[], expected: ExpectedRate, random: Random): Joined | null {
  if (candidates.length === 0) return null;
  const rates = candidates.map(({ program }) => expected(program));
  return candidates[random.weighted(rates.map((rate) => (rate * (1 - rate)) ** 2))] ?? null;
}

interface Expected {
  output: string | null;
  fingerprint: string;
}

/** What f(g(x)) gives on the proposal's own input and on its probes: one program after the other in the sandbox. */
async function applyBoth(
  { sandbox }: Context,
  pairs: readonly { inner: Task; outer: Valid }[],
): Promise<Expected[]> {
  const inputs = pairs.map(({ outer: { triplet } }) => [triplet.input, ...probesFor(triplet.input).inputs]);
  const first = await sandbox.run(
    pairs.map(({ inner }, i) => ({ program: inner.program, inputs: inputs[i] as string[], runs: 1 })),
  );
  const between = first.map(({ outcomes }) =>
    outcomes.map((outcome) => (outcome.ok ? firstValue(outcome.output) : null)),
  );
  const second = await sandbox.run(
    pairs.map(({ outer }, i) => ({
      program: outer.triplet.program,
      inputs: (between[i] ?? []).filter((output) => output !== null),
      runs: 1,
    })),
  );
  return pairs.map(({ outer: { triplet } }, i) => {
    let next = 0;
    const [own, ...onProbes] = (first[i]?.outcomes ?? []).map(
      (outcome): Outcome => (outcome.ok ? (second[i]?.outcomes[next++] as Outcome) : outcome),
    );
    return {
      output: own?.ok ? own.output : null,
      fingerprint: fingerprintKey(probesFor(triplet.input).signature, onProbes.map(outcomeKey)),
    };
  });
}

/** The first of several returned values, as canonical literal text; a text that is no tuple is its own. */
function firstValue(output: string): string {
  const parsed = parseArguments(output);
  const [value] = parsed.ok ? parsed.value : [];
  const [first] = value?.type === 'tuple' ? value.items : [];
  return first ? canonical(first) : output;
}

function typesOf(text: string): string {
  const parsed = parseArguments(text);
  return parsed.ok ? parsed.value.map(({ type }) => type).join(', ') : '';
}
