/**
 * Errors by cause: where the thought of a wrong answer departs from the interpreter's own. Measured on held-out answers
 * alone; it rewards nothing and trains nothing.
 */
import { decode, encode, isLineLabel, SPECIAL } from '../language/tokenizer.ts';
import { isThinking } from '../tasks/kind.ts';
import type { Answered, Response } from './answers.ts';

/**
 * What an answer did wrong first:
 * - `at-once`: it answered without a thought;
 * - `line`: it went on at another line than the one that runs next, or after the last one;
 * - `operand`: the line is right, and what it reads (a name, a value, an operator) is not;
 * - `arithmetic`: an operation of the right values has a wrong result;
 * - `early`: it stopped thinking before the program ended;
 * - `room`: it was right for as long as it could write;
 * - `answer`: the whole thought is right, and the answer says something else.
 */
export const CAUSES = ['at-once', 'line', 'operand', 'arithmetic', 'early', 'room', 'answer'] as const;
export type Cause = (typeof CAUSES)[number];

/** The causes in words. */
export const CAUSE_TEXT: Readonly<Record<Cause, string>> = {
  'at-once': 'answered at once',
  line: 'wrong line',
  operand: 'wrong operand',
  arithmetic: 'arithmetic',
  early: 'stopped early',
  room: 'no room left',
  answer: 'answer unlike thought',
};

/** By cause, as a share of all answers, right ones included: together they are what is wrong. */
export type ErrorShares = Readonly<Record<Cause, number>>;

/** Where a response departs from the interpreter, and by what. */
export interface Departure {
  cause: Cause;
  /** Position in the response's tokens; its length where the next one is missing. */
  at: number;
}

/** What the interpreter writes of a run: its thought in tokens, and the output that follows from it. */
export interface Traced {
  readonly thought: readonly number[];
  readonly output: string;
}

const [END_OF_STEP] = encode(';') as [number];
const [EQUALS] = encode(' = ') as [number];

/** All that a perfect answer writes. */
export function perfectResponse({ thought, output }: Traced): number[] {
  return [SPECIAL.think, ...thought, SPECIAL.answer, ...encode(output), SPECIAL.eos];
}

/** The first departure of a response from the interpreter's; null when it is the same to the last token. */
export function departureOf({ tokens, finished }: Response, traced: Traced): Departure | null {
  const perfect = perfectResponse(traced);
  let at = 0;
  while (at < perfect.length && tokens[at] === perfect[at]) at++;
  if (at === perfect.length) return null;
  if (tokens.length > 0 && !isThinking(tokens)) return { cause: 'at-once', at: 0 };
  if (tokens[at] === undefined && !finished) return { cause: 'room', at };
  const endOfThought = 1 + traced.thought.length;
  if (at > endOfThought) return { cause: 'answer', at };
  return { cause: causeWithin(tokens, perfect, at, endOfThought), at };
}

/** The cause of a departure in the thought or right behind it. */
function causeWithin(
  tokens: readonly number[],
  perfect: readonly number[],
  at: number,
  endOfThought: number,
): Cause {
  const given = tokens[at];
  const isOver = given === undefined || given === SPECIAL.answer || given === SPECIAL.eos;
  if (at === endOfThought) return isOver ? 'answer' : 'line';
  if (isOver) return 'early';
  if (isLineLabel(given) || isLineLabel(perfect[at] as number)) return 'line';
  const [from] = stepAround(tokens, at);
  const step = tokens.slice(from, at);
  const equals = step.indexOf(EQUALS);
  // `z = -1` hands on what was worked out before: a wrong value there was not computed but looked up.
  const isOperation = equals >= 0 && !/^[A-Za-z_]\w*$/.test(decode(step.slice(0, equals)).trim());
  return isOperation ? 'arithmetic' : 'operand';
}

/**
 * The step of a response that has the token at `at`: an operation, a binding or the answer, with the label before it;
 * from its first token to behind its last.
 */
export function stepAround(tokens: readonly number[], at: number): [from: number, to: number] {
  const isMark = (token: number) => isLineLabel(token) || token === SPECIAL.think || token === SPECIAL.answer;
  let from = at;
  const isAhead = (is: (token: number) => boolean) => from > 0 && is(tokens[from - 1] as number);
  if (!isMark(tokens[at] ?? SPECIAL.pad)) {
    while (isAhead((token) => token !== END_OF_STEP && !isMark(token))) from--;
    if (isAhead((token) => isMark(token) && token !== SPECIAL.think)) from--;
  }
  let to = at;
  while (to < tokens.length && tokens[to] !== END_OF_STEP && (to === at || !isMark(tokens[to] as number)))
    to++;
  return [from, tokens[to] === END_OF_STEP ? to + 1 : to];
}

/** Errors of all answers to the questions that the interpreter can trace; undefined when it can trace none of them. */
export function errorShares(
  questions: readonly object[],
  answered: readonly Pick<Answered, 'responses'>[],
): ErrorShares | undefined {
  const counts = Object.fromEntries(CAUSES.map((cause) => [cause, 0])) as Record<Cause, number>;
  let answers = 0;
  questions.forEach((question, i) => {
    if (!isTraced(question)) return;
    for (const response of answered[i]?.responses ?? []) {
      answers++;
      const departure = response.isCorrect ? null : departureOf(response, question);
      if (departure) counts[departure.cause]++;
    }
  });
  if (answers === 0) return undefined;
  return Object.fromEntries(CAUSES.map((cause) => [cause, counts[cause] / answers])) as Record<Cause, number>;
}

/**
 * The answers as if only those were right that are the interpreter's to the last token, thought and all: what is right for the
 * right reason. Those to questions that it cannot trace count as wrong.
 */
export function faithful<T extends Pick<Answered, 'responses' | 'correct' | 'thinks'>>(
  questions: readonly object[],
  answered: readonly T[],
): T[] {
  return answered.map((answer, i) => {
    const question = questions[i] as object;
    const isWhole = (response: Response) => isTraced(question) && departureOf(response, question) === null;
    return { ...answer, correct: answer.responses.filter(isWhole).length };
  });
}

/** Whether a question has the interpreter's own thought. */
export function isTraced<T extends object>(question: T): question is T & Traced {
  return 'output' in question && 'thought' in question && question.thought !== undefined;
}
