/**
 * Composition with earlier programs (paper Appendix D.2): a valid proposal f becomes f(g(x)), with g a program of the
 * buffer; of several values that g returns, the first is handed on. It is how tasks grow longer than anything the base was warmed up on. The official code keeps both functions
 * and lets f call g; here one flat function holds the lines of both, as the reasoner's language has no calls.
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
import type { Proposal } from './records.ts';

/** Tasks of the buffer looked at for one proposal: the first that will do is taken, or one of many that will do. */
const CANDIDATES = { any: 8, edge: 64 };

/** A composite that is tried: f(g(x)) as one text. */
interface Composite {
  proposal: Proposal;
  /** f, as it was verified alone. */
  outer: Valid;
  /** The task whose program is g. */
  inner: Task;
  program: string;
}

/**
 * Composes where the dice say so: the proposal's verdict becomes that of the composite, and `inner` the task that comes
 * first in it. It stays as it is where it is not valid (or trivial) by itself, and where no drawn task of its kind
 * gives a composite that is valid, does f(g(x)) and nothing that f or g does alone.
 */
export async function compose(
  context: Context,
  proposals: readonly Proposal[],
  step: number,
  random: Random,
): Promise<void> {
  const { config, sandbox, wording } = context;
  const share = compositionShare(step, config);
  if (share === 0) return;
  const expected: Partial<Record<TaskKind, ExpectedRate>> = {};
  const expectedOf = (kind: TaskKind): ExpectedRate | null => {
    if (config.compositionPartner === 'any') return null;
    expected[kind] ??= expectedRates(context.buffers[kind].tasks, step, config.compositionMaxLines);
    return expected[kind];
  };
  const tried = proposals.flatMap((proposal): Composite[] => {
    const { kind, verdict } = proposal;
    if (!verdict?.ok || !SPECS[kind].composes || !random.chance(share)) return [];
    const drawn = drawInner(context, kind, verdict, expectedOf(kind), random);
    return drawn ? [{ proposal, outer: verdict, ...drawn }] : [];
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
  const applied = await applyBoth(context, valid);
  for (const [i, { proposal, inner, outer, verdict }] of valid.entries()) {
    const { output, fingerprint } = applied[i]!;
    const agrees = verdict.triplet.output === output && verdict.fingerprint === fingerprint;
    const isNew = fingerprint !== inner.fingerprint && fingerprint !== outer.fingerprint;
    if (agrees && isNew) Object.assign(proposal, { inner, verdict });
  }
}

/** The share of valid proposals that are composed at `step`; 0 before they are to be. */
function compositionShare(
  step: number,
  { composition, compositionStart }: Pick<Config, 'composition' | 'compositionStart'>,
): number {
  if (step < compositionStart) return 0;
  return composition;
}

/**
 * A task that takes and gives what the proposal takes, with the composed text: the first of a few that will do, or
 * where rates are expected one of many, the likelier the nearer the composite's is to one half. Null when none will do.
 */
function drawInner(
  { buffers, config }: Context,
  kind: TaskKind,
  { triplet }: Valid,
  expected: ExpectedRate | null,
  random: Random,
): { inner: Task; program: string } | null {
  const taken = typesOf(triplet.input);
  const least = config.compositionSolveRate;
  const known = buffers[kind].tasks.filter(({ solveRate }) => (solveRate ?? 0) >= least);
  const some = expected
    ? sampleByShape(known, CANDIDATES.edge, random)
    : random.sample(known, CANDIDATES.any);
  const candidates: { inner: Task; program: string }[] = [];
  for (const inner of some) {
    if (typesOf(inner.input) !== taken || typesOf(firstValue(inner.output)) !== taken) continue;
    const program = composePrograms(triplet.program, inner.program);
    if (!program || linesOf(program) > config.compositionMaxLines) continue;
    if (!expected) return { inner, program };
    candidates.push({ inner, program });
  }
  if (!expected || candidates.length === 0) return null;
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

/**
 * The text of f(g(x)): the lines of `inner`, its first result bound to the argument of `outer`, the lines of `outer`. Null
 * unless both are a function of one argument whose only `return` is its last line. A name that `outer` leaves unset
 * on some path would find the value of `inner`; whether that happens is for a run to tell.
 */
export function composePrograms(outer: string, inner: string): string | null {
  const f = readPlain(outer);
  const g = readPlain(inner);
  if (!f || !g) return null;
  const first = firstExpression(g.result);
  return [
    `def f(${g.argument}):`,
    ...g.lines,
    // `x = x` says nothing.
    ...(first === f.argument ? [] : [`    ${f.argument} = ${first}`]),
    ...f.lines,
    `    return ${f.result}`,
  ].join('\n');
}

function readPlain(program: string): { argument: string; lines: string[]; result: string } | null {
  const [header = '', ...lines] = program.split('\n');
  const argument = /^def f\((\w+)\):$/.exec(header)?.[1];
  const result = /^ {4}return (\S.*)$/.exec(lines.pop() ?? '')?.[1];
  const isPlain = lines.every((line) => line.startsWith('    ') && !/\breturn\b/.test(line));
  return argument && result && isPlain ? { argument, lines, result } : null;
}

/** The first of several returned expressions: a comma outside of brackets ends it. */
function firstExpression(result: string): string {
  let depth = 0;
  for (let i = 0; i < result.length; i++) {
    const c = result[i] as string;
    if ('([{'.includes(c)) depth++;
    else if (')]}'.includes(c)) depth--;
    else if (c === ',' && depth === 0) return result.slice(0, i);
  }
  return result;
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
