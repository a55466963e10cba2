/** What the sandbox is asked for a batch of cases, and where each answer is found. */
import type { Outcome, RunRequest, RunResult } from '../../src/sandbox/sandbox.ts';
import type { Case } from '../common/suite/layout.ts';

/** Writes a literal canonically: the expected output goes through the same Python as our own. */
const IDENTITY = {
  program: 'def expected_value(x, /):\n    return x',
  entry: 'expected_value',
  runs: 1,
} as const;

/** Inputs of one request: the clock ends whole requests, so a few slow ones are not to add up. */
const MOST_INPUTS = 4;

interface Place {
  request: number;
  input: number;
}

export interface Answers {
  ours: Outcome;
  /** The expected text as the identity function returns it. */
  expected: Outcome;
}

export interface Plan {
  requests: RunRequest[];
  /** Answers in the order of the cases. */
  answers(results: readonly RunResult[]): Answers[];
}

/** Cases of one program share its requests, and nothing is asked twice. */
export function planRequests(cases: readonly Case[], steps: number | null): Plan {
  const requests: (RunRequest & { inputs: string[] })[] = [];
  const places = new Map<string, Place>();
  const latest = new Map<string, number>();

  function ask(request: Omit<RunRequest, 'inputs'>, input: string): Place {
    const program = JSON.stringify(request);
    const key = `${program}${input}`;
    const known = places.get(key);
    if (known) return known;
    let at = latest.get(program);
    if (at === undefined || (requests[at]?.inputs.length ?? 0) >= MOST_INPUTS) {
      at = requests.push({ ...request, inputs: [] }) - 1;
      latest.set(program, at);
    }
    const inputs = requests[at]?.inputs ?? [];
    const place = { request: at, input: inputs.push(input) - 1 };
    places.set(key, place);
    return place;
  }

  const ours = cases.map(({ code, entry, input }) =>
    ask({ program: code, entry, runs: 2, ...(steps === null ? {} : { steps }) }, input),
  );
  const expected = cases.map((item) => ask(IDENTITY, item.expected));
  return {
    requests,
    answers(results) {
      const at = ({ request, input }: Place) => results[request]?.outcomes[input] as Outcome;
      return cases.map((_, i) => ({ ours: at(ours[i] as Place), expected: at(expected[i] as Place) }));
    },
  };
}
