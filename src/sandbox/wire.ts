/** The JSON that travels between the pool and verifier.py. Answers are checked, never trusted. */
import type { WireOutcome } from './protocol.ts';
import type { Outcome, Refusal, RunRequest } from './sandbox.ts';

const REFUSALS: ReadonlySet<string> = new Set<Refusal>([
  'syntax',
  'forbidden',
  'input',
  'error',
  'budget',
  'timeout',
  'memory',
  'output',
  'nondeterministic',
]);

/** JSON of a chunk of requests. */
export function writeBatch(jobs: readonly { request: RunRequest }[]): string {
  return JSON.stringify(
    jobs.map(({ request: { program, inputs, runs, steps, entry, reads } }) => [
      program,
      inputs,
      runs,
      steps ?? null,
      entry ?? null,
      reads === 'seeds',
    ]),
  );
}

/** Outcomes per request, or null when the text is not an answer to these requests. */
export function readResults(text: string, jobs: readonly { request: RunRequest }[]): Outcome[][] | null {
  const results = parse(text);
  if (!Array.isArray(results) || results.length !== jobs.length) return null;
  const read: Outcome[][] = [];
  for (const [i, wire] of results.entries()) {
    if (!Array.isArray(wire) || wire.length !== jobs[i]?.request.inputs.length) return null;
    const outcomes = wire.map(readOutcome);
    if (!outcomes.every((outcome) => outcome !== null)) return null;
    read.push(outcomes);
  }
  return read;
}

function parse(text: string): WireOutcome[][] | null {
  try {
    return JSON.parse(text) as WireOutcome[][];
  } catch {
    return null;
  }
}

function readOutcome(wire: WireOutcome): Outcome | null {
  if (typeof wire === 'string') return { ok: true, output: wire };
  if (!Array.isArray(wire)) return null;
  const [refusal, detail] = wire;
  if (!REFUSALS.has(refusal) || typeof detail !== 'string') return null;
  return { ok: false, refusal: refusal as Refusal, detail };
}

/** The same refusal for every input of a request. */
export function refuseAll(request: RunRequest, refusal: Refusal, detail: string): Outcome[] {
  return request.inputs.map(() => ({ ok: false, refusal, detail }));
}
