/**
 * `npm run verdicts`: programs with the verdict of the page's own judge and the steps that it took, in
 * engine/verdicts.jsonl. Every judge is held to them: `--judge native` compares another one, and lists what differs.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CURATED } from '../../src/benchmark/curated.ts';
import { TIERS } from '../../src/language/grammar.ts';
import { LEVEL_IDS, levelOf } from '../../src/language/level.ts';
import { Random } from '../../src/random.ts';
import type { Outcome, RunRequest, Sandbox } from '../../src/sandbox/sandbox.ts';
import { ROOT } from '../common/build.ts';
import { HARD } from './hardPrograms.ts';

const VERDICTS = join(ROOT, 'engine/verdicts.jsonl');

/** Programs of the grammars; the rest is written by hand. */
const GENERATED = 2_400;
/** The budget of a task; src/sandbox/python/modes.py. */
const MOST_STEPS = 5_000;

export interface Vector {
  program: string;
  input: string;
  /** Canonical text, or the refusal with its detail. */
  verdict: string | [refusal: string, detail: string];
  /** The smallest budget with which it comes out so; null for what is refused before it runs, and for what no budget suffices. */
  steps: number | null;
}

/** The programs, the same every time. */
function programs(count = GENERATED): Pick<Vector, 'program' | 'input'>[] {
  const random = new Random(29);
  const generated = Array.from({ length: count }, (_, i) => {
    const level = levelOf(LEVEL_IDS[i % LEVEL_IDS.length]!);
    const generated = level.generate(random, 1 + (i % TIERS.length));
    return { program: generated.source, input: generated.input(random) };
  }).flatMap(({ program, input }) => (input === null ? [] : [{ program, input }]));
  const curated = CURATED.flatMap(({ program, inputs }) => inputs.map((input) => ({ program, input })));
  const all = [...generated, ...curated, ...HARD];
  const seen = new Set<string>();
  return all.filter(({ program, input }) => {
    const key = `${program}\n${input}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** What a judge says of programs, each run twice as tasks are. */
async function verdictsOf(
  sandbox: Sandbox,
  asked: readonly Pick<Vector, 'program' | 'input'>[],
): Promise<Vector['verdict'][]> {
  const results = await sandbox.run(
    asked.map(({ program, input }) => ({ program, inputs: [input], runs: 2 })),
  );
  return results.map(({ outcomes: [outcome] }) => verdictOf(outcome!));
}

/** The smallest budgets with which programs come out as they do, all halved in side by side. */
async function stepsOf(
  sandbox: Sandbox,
  asked: readonly Pick<Vector, 'program' | 'input' | 'verdict'>[],
): Promise<(number | null)[]> {
  const ranges = asked.map(({ verdict }) => (hasRun(verdict) ? { low: 1, high: MOST_STEPS } : null));
  for (;;) {
    const open = ranges.flatMap((range, i) => (range && range.low < range.high ? [{ range, i }] : []));
    if (open.length === 0) return ranges.map((range) => range?.low ?? null);
    const middles = open.map(({ range }) => Math.floor((range.low + range.high) / 2));
    const requests = open.map(({ i }, k): RunRequest => {
      const { program, input } = asked[i]!;
      return { program, inputs: [input], runs: 1, steps: middles[k]! };
    });
    const results = await sandbox.run(requests);
    for (const [k, { range, i }] of open.entries()) {
      const verdict = verdictOf(results[k]!.outcomes[0]!);
      if (JSON.stringify(verdict) === JSON.stringify(asked[i]!.verdict)) range.high = middles[k]!;
      else range.low = middles[k]! + 1;
    }
  }
}

function hasRun(verdict: Vector['verdict']): boolean {
  return typeof verdict === 'string' || verdict[0] === 'error';
}

function verdictOf(outcome: Outcome): Vector['verdict'] {
  return outcome.ok ? outcome.output : [outcome.refusal, outcome.detail];
}

/** The vectors of the repository. */
export function readVectors(): Vector[] {
  return readFileSync(VERDICTS, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Vector);
}

/** Writes the vectors anew, with this judge. Returns how many. */
export async function writeVectors(sandbox: Sandbox): Promise<number> {
  const asked = programs();
  const verdicts = await verdictsOf(sandbox, asked);
  const judged = asked.map((each, i) => ({ ...each, verdict: verdicts[i]! }));
  const steps = await stepsOf(sandbox, judged);
  const lines = judged.map((each, i) => `${JSON.stringify({ ...each, steps: steps[i] })}\n`);
  writeFileSync(VERDICTS, lines.join(''));
  return lines.length;
}

export interface Difference {
  program: string;
  input: string;
  /** Verdicts with the usual budget, the steps that are written, and one less; as written, and as the judge has them. */
  expected: string;
  got: string;
  /** Why it is known; null where it is not. */
  why: string | null;
}

/** What a judge sees otherwise than the vectors: in the verdict, with as many steps as it took, or with one less. */
export async function compareWithVectors(
  sandbox: Sandbox,
  vectors: readonly Vector[],
): Promise<{ known: Difference[]; unknown: Difference[] }> {
  const verdicts = await verdictsOf(sandbox, vectors);
  const counted = vectors.filter(({ steps }) => steps !== null);
  const within = (fewer: number) =>
    sandbox.run(
      counted.map(({ program, input, steps }) => ({
        program,
        inputs: [input],
        runs: 1,
        steps: Math.max(1, (steps ?? 0) - fewer),
      })),
    );
  const [enough, tooFew] = [await within(0), await within(1)];
  const budgets = new Map(
    counted.map((vector, i) => {
      const [most, least] = [enough[i]!, tooFew[i]!].map(({ outcomes: [outcome] }) => verdictOf(outcome!));
      return [vector, [most, vector.steps === 1 ? 'budget' : least![0]]] as const;
    }),
  );
  const differences = vectors.flatMap((vector, i): Difference[] => {
    const got = [verdicts[i], ...(budgets.get(vector) ?? [])];
    const wanted = [vector.verdict, ...(budgets.has(vector) ? [vector.verdict, 'budget'] : [])];
    const [expected, says] = [JSON.stringify(wanted), JSON.stringify(got)];
    if (expected === says) return [];
    const why = reasonOf(vector, verdicts[i]!);
    return [{ program: vector.program, input: vector.input, expected, got: says, why }];
  });
  return {
    known: differences.filter(({ why }) => why !== null),
    unknown: differences.filter(({ why }) => why === null),
  };
}

/**
 * The known differences between the page's judge (CPython 3.14, 32 bits) and CPython of other versions on 64 bits: how
 * many steps the jumps of `while` and `if` count, in which order a set is read, and what exceptions say.
 */
function reasonOf({ program, verdict }: Vector, got: Vector['verdict']): string | null {
  const isAlike = JSON.stringify(verdict) === JSON.stringify(got);
  const isOfBudget = [verdict, got].some((each) => each[0] === 'budget');
  if (/\b(while|if)\b/.test(program) && (isAlike || isOfBudget)) return 'steps of a jump';
  if (/\bexcept\b.* as /.test(program) || (raised(verdict) ?? 0) === raised(got)) return 'words of an error';
  if (/\{|\bset\b/.test(program) && !isAlike) return 'order of a set';
  return null;
}

/** The class of the exception that a verdict names, or null. */
function raised([refusal, detail]: Vector['verdict']): string | null {
  return refusal === 'error' ? (detail?.split(':')[0] ?? null) : null;
}
