/**
 * Which line runs next: how often a thought gets there, and how often it then goes on at a wrong one, by what decides it.
 * It says what of a program's flow a reasoner has not learned, where the shares of errors only say that it is the flow.
 */
import { readBody } from '../language/level1/reading.ts';
import type { Statement } from '../language/syntax.ts';
import { isLineLabel, lineLabel } from '../language/tokenizer.ts';
import type { Answered } from './answers.ts';
import { departureOf, isTraced, perfectResponse } from './errors.ts';

/**
 * What decides which line is next:
 * - `next`: nothing, it is the line below in the same block;
 * - `holds`, `else`: a condition that holds; one that fails and has an `else`;
 * - `fails`, `several`: one that fails without an `else`, in a program with this one `if` and in one with others;
 * - `leave`: the end of a branch; `skip`: that of a branch whose `else` is to be skipped;
 * - `repeat`, `over`: the end of a loop's body, with repetitions left and without.
 */
export const TURNS = [
  'next',
  'holds',
  'fails',
  'several',
  'else',
  'leave',
  'skip',
  'repeat',
  'over',
] as const;
export type Turn = (typeof TURNS)[number];

export const TURN_TEXT: Readonly<Record<Turn, string>> = {
  next: 'line below',
  holds: 'if holds',
  fails: 'lone if fails',
  several: 'of several',
  else: 'into else',
  leave: 'out of branch',
  skip: 'past else',
  repeat: 'loop again',
  over: 'out of loop',
};

/** How many turns of a kind were come to, and how many of them led to a wrong line. */
export type TurnCounts = Readonly<Record<Turn, { reached: number; wrong: number }>>;

/** Counted in all answers whose program is of level 1; undefined where there is none. */
export function turnCounts(
  questions: readonly object[],
  answered: readonly Pick<Answered, 'responses'>[],
): TurnCounts | undefined {
  const counts = Object.fromEntries(TURNS.map((turn) => [turn, { reached: 0, wrong: 0 }])) as Record<
    Turn,
    { reached: number; wrong: number }
  >;
  let programs = 0;
  questions.forEach((question, i) => {
    if (!isTraced(question) || !('program' in question)) return;
    const body = readBody(String(question.program));
    if (!body) return;
    programs++;
    const turns = turnsOf(perfectResponse(question), placesOf(body));
    for (const response of answered[i]?.responses ?? []) {
      const departure = departureOf(response, question);
      // An answer that is right all the same went another way.
      const isAstray = departure?.cause === 'line' && !response.isCorrect;
      for (const { at, turn } of turns) {
        const isWrong = isAstray && at === departure.at;
        if (departure && at >= departure.at && !isWrong) break;
        counts[turn].reached++;
        if (isWrong) counts[turn].wrong++;
      }
    }
  });
  return programs > 0 ? counts : undefined;
}

/** The turns of a perfect response, each with the position of the label that it leads to. */
function turnsOf(
  perfect: readonly number[],
  places: ReadonlyMap<number, Place>,
): { at: number; turn: Turn }[] {
  let from: number | null = null;
  return perfect.flatMap((token, at) => {
    if (!isLineLabel(token)) return [];
    const to = token - lineLabel(1) + 1;
    const turn = from === null ? null : turnOf(places, from, to);
    from = to;
    return turn ? [{ at, turn }] : [];
  });
}

/** A statement and the compound statements around it, from the inside. */
interface Place {
  statement: Statement;
  isLast: boolean;
  /** Whether it stands in the `else` of its parent. */
  isElse: boolean;
  parent: Place | null;
}

/** By line. */
function placesOf(body: readonly Statement[]): Map<number, Place> {
  const places = new Map<number, Place>();
  const walk = (block: readonly Statement[], parent: Place | null, isElse: boolean) => {
    for (const [i, statement] of block.entries()) {
      const place = { statement, isLast: i === block.length - 1, isElse, parent };
      places.set(statement.line, place);
      if (statement.kind === 'if' || statement.kind === 'for') walk(statement.body, place, false);
      if (statement.kind === 'if') walk(statement.orElse, place, true);
    }
  };
  walk(body, null, false);
  return places;
}

/** What decides that line `to` runs after line `from`; null for the way into a loop, which is decided by nothing. */
function turnOf(places: ReadonlyMap<number, Place>, from: number, to: number): Turn | null {
  const place = places.get(from);
  if (!place) return null;
  const { statement } = place;
  if (statement.kind === 'if') {
    if (statement.body[0]?.line === to) return 'holds';
    if (statement.orElse.length > 0) return 'else';
    const ifs = [...places.values()].filter(({ statement: { kind } }) => kind === 'if');
    return ifs.length > 1 ? 'several' : 'fails';
  }
  // The label of a loop is written once a repetition, and its body follows.
  if (statement.kind === 'for') return null;
  if (!place.isLast) return 'next';
  for (let end: Place | null = place; end?.isLast && end.parent; end = end.parent) {
    const { parent, isElse } = end;
    if (parent.statement.kind === 'for') return parent.statement.line === to ? 'repeat' : 'over';
    if (parent.statement.kind === 'if' && !isElse && parent.statement.orElse.length > 0) return 'skip';
  }
  return 'leave';
}
