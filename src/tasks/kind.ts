/** What one kind of task knows: how it is shown, read, judged and proposed. One file per kind implements it. */
import { canonical, parseArguments } from '../language/literal.ts';
import { decode, isText, SPECIAL } from '../language/tokenizer.ts';
import type { Outcome, RunRequest } from '../sandbox/sandbox.ts';
import type { Task, TaskKind, Verdict } from './task.ts';

/** The part of a task that is shown and judged (the paper's triplet). */
export type Triplet = Pick<Task, 'program' | 'input' | 'output' | 'examples' | 'message'>;

/** A program and its inputs as proposed: nothing is executed yet. */
export interface Proposal {
  program: string;
  /** Canonical argument texts: one, or for induction as many distinct ones as were written. */
  inputs: string[];
  /** Induction: what the proposer says of the program, when it says anything. */
  message?: string;
}

export interface Solution {
  /** Canonical literal or program text. */
  answer: string;
  thinks: boolean;
}

export interface Judgement {
  verdict: Verdict;
  /** 1 when correct, 0 when not; induction: share of the hidden examples that agree. */
  score: number;
}

export interface KindSpec {
  readonly kind: TaskKind;
  readonly label: string;
  /** How many references a proposal needs; null = as many as configured, from 0 on. */
  readonly fixedReferences: number | null;

  solvePrompt(task: Triplet): number[];
  /** Reads a finished response; null when it is not `[<think> …] <ans> answer <eos>` with a readable answer. */
  parseSolution(tokens: readonly number[]): Solution | null;
  /** What must be executed to judge the answer; null when nothing must. */
  judgeRequest(task: Triplet, answer: string): RunRequest | null;
  /** The verdict, from the outcomes of {@link judgeRequest} (empty when it is null). */
  judge(task: Triplet, answer: string, outcomes: readonly Outcome[]): Judgement;
  /** Tokens that a correct answer is known to take, `<ans>` and `<eos>` included. */
  answerTokens(task: Triplet): number;

  proposePrompt(references: readonly Triplet[]): number[];
  /** Reads a finished proposal; null when its layout or a literal in it is wrong. */
  parseProposal(tokens: readonly number[], references: readonly Triplet[]): Proposal | null;
}

export const CORRECT: Judgement = { verdict: 'correct', score: 1 };
export const WRONG: Judgement = { verdict: 'wrong', score: 0 };
export const UNREADABLE: Judgement = { verdict: 'format', score: 0 };

/**
 * Splits a finished response into thought and answer text; null when its layout is wrong. Inside the thought
 * everything but a second `<ans>` is allowed: nothing in self-play looks at it.
 */
export function readAnswer(tokens: readonly number[]): { text: string; thinks: boolean } | null {
  const thinks = isThinking(tokens);
  const start = thinks ? tokens.indexOf(SPECIAL.answer) : 0;
  if (tokens[start] !== SPECIAL.answer || tokens.at(-1) !== SPECIAL.eos) return null;
  const answer = tokens.slice(start + 1, -1);
  return answer.every(isText) ? { text: decode(answer), thinks } : null;
}

/** True when a response begins with a thought. */
export function isThinking(tokens: readonly number[]): boolean {
  return tokens[0] === SPECIAL.think;
}

/**
 * Cuts tokens at every `marker`, e.g. `<in> 1 <in> 2` into the texts `1` and `2`. Null when they do not begin
 * with the marker or hold any other special token.
 */
export function readFields(tokens: readonly number[], marker: number): string[] | null {
  if (tokens[0] !== marker) return null;
  const fields: number[][] = [];
  for (const token of tokens) {
    if (token === marker) fields.push([]);
    else if (isText(token)) fields.at(-1)?.push(token);
    else return null;
  }
  return fields.map(decode);
}

/** Canonical text of comma-separated literals, or null when it is anything else. */
export function canonicalArguments(text: string): string | null {
  const parsed = parseArguments(text);
  return parsed.ok ? parsed.value.map(canonical).join(', ') : null;
}

/** Reads `<prog>` program `<in>` input `<eos>`, the proposal of deduction and abduction. */
export function readProgramAndInput(tokens: readonly number[]): Proposal | null {
  const split = tokens.indexOf(SPECIAL.input);
  if (tokens[0] !== SPECIAL.program || split < 2 || tokens.at(-1) !== SPECIAL.eos) return null;
  const program = tokens.slice(1, split);
  const inputs = readFields(tokens.slice(split, -1), SPECIAL.input);
  if (!program.every(isText) || inputs?.length !== 1) return null;
  const input = canonicalArguments(inputs[0] as string);
  return input === null ? null : { program: decode(program), inputs: [input] };
}
