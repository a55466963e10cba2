/** The examples of the ladder: held-out programs of every length, answered by the base and by the reasoner as it is now. */
import type { Response } from '../benchmark/answers.ts';
import { departureOf, isTraced, perfectResponse, stepAround, type Traced } from '../benchmark/errors.ts';
import { render } from '../language/tokenizer.ts';
import type { HeldOutScores } from '../selfplay/records.ts';
import type { LadderExample, TracedResponse } from './events.ts';

/** The examples of an evaluation as the page shows them. */
export function ladderExamples({ examples }: Pick<HeldOutScores, 'examples'>): LadderExample[] {
  return examples.flatMap(({ task, now, base }): LadderExample[] => {
    const [ofNow, ofBase] = [now?.responses[0], base.responses[0]];
    if (!isTraced(task) || !ofBase) return [];
    const { tier, program, input, output } = task;
    const traced = { base: besideTrace(ofBase, task), now: ofNow ? besideTrace(ofNow, task) : null };
    return [{ tier, program, input, output, ...traced }];
  });
}

/** A response with its first wrong step, as text. */
export function besideTrace(
  response: Response & { readonly isCorrect: boolean },
  traced: Traced,
): TracedResponse {
  const { tokens, isCorrect } = response;
  const departure = isCorrect ? null : departureOf(response, traced);
  if (!departure) return { parts: [render(tokens), '', ''], cause: null, expected: '' };
  const [from, to] = stepAround(tokens, departure.at);
  const perfect = perfectResponse(traced);
  // Up to the departure both are the same, so the interpreter's step begins where the response's does.
  const [, end] = stepAround(perfect, departure.at);
  return {
    parts: [render(tokens.slice(0, from)), render(tokens.slice(from, to)), render(tokens.slice(to))],
    cause: departure.cause,
    expected: render(perfect.slice(from, end)),
  };
}
