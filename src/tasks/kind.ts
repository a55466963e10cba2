/** What one kind of task knows: how it is shown, read, judged and proposed. One file per kind implements it. */

import type { Level } from '../language/level.ts';
import type { TaskLimits } from '../language/limits.ts';
import { canonical, parseArguments } from '../language/literal.ts';
import type { Probes } from '../language/probes.ts';
import { decode, isText, SPECIAL } from '../language/tokenizer.ts';
import type { Random } from '../random.ts';
import type { Outcome, Refusal, RunRequest } from '../sandbox/sandbox.ts';
import type { WarmUpPart } from './warmUp.ts';

/** The part of a task that is shown and judged (the paper's triplet). */
export interface Triplet {
  program: string;
  /** Literal text between the parentheses of `f(…)`. */
  input: string;
  /** Canonical literal text of the result; error deduction: the name of the exception's class, or `NoError`. */
  output: string;
  /** Induction only: all examples; the first half is shown to the solver, the rest is hidden. */
  examples?: Example[];
}

export interface Example {
  input: string;
  output: string;
}

/** What came of one response of the reasoner. */
export type Verdict =
  | 'correct'
  | 'wrong' // well-formed, but not the answer
  | 'format' // could not be parsed
  | 'unfinished'; // cut at its length limit

/** A program and its inputs as proposed: nothing is executed yet. */
export interface ParsedProposal {
  program: string;
  /** Canonical argument texts: one, or for induction as many distinct ones as were written. */
  inputs: string[];
}

/** Why a proposal did not become a task: the sandbox's refusals plus what the buffer and the parser reject. */
export type Rejection =
  | Refusal
  | 'format' // the response is not a program and an input
  | 'unfinished'
  | 'banned-word' // error deduction: the program raises an error by name
  | 'identity' // returns its input on every probe
  | 'constant' // same result on every probe
  | 'unused-argument'
  | 'range' // an integer beyond those of the level
  | 'too-many-values' // returns more than the level's programs do
  | 'guessable' // gives so few results that a guess would hit
  | 'too-long' // does not fit the reasoner's context as a task
  | 'too-few-examples' // induction: not enough valid, distinct inputs
  | 'held-out' // a program of the test set: neither rewarded nor trained on, only counted
  | 'known'; // same text already in the buffer: trains, but does not enter

export interface Refused {
  ok: false;
  rejection: Rejection;
  /** The reason in words. */
  detail: string;
}

export interface Valid {
  ok: true;
  triplet: Triplet;
  fingerprint: string;
}

/** What verification makes of a proposal: a triplet and what its program does, or the one reason why not. */
export type Validity = Valid | Refused;

/** What a run asks of proposals. */
export interface VerificationRules {
  /** Refuse identities, constants and arguments that change nothing. */
  rejectTrivial: boolean;
  /** What tasks of the level must keep to. */
  limits: TaskLimits | null;
  /** Examples of an induction task, shown and hidden together. */
  inductionExamples: number;
  /** Longest response to a task, in tokens. */
  maxSolveTokens: number;
  /** The reasoner's context, in tokens. */
  contextLength: number;
  /** What makes tokens of texts; Kelvin's own when absent. */
  tokenizer?: Tokenizer;
}

/** From texts to the reasoner's tokens. */
export interface Tokenizer {
  /** Throws a RangeError where there are no tokens for a text. */
  encode(text: string): number[];
  isEncodable(text: string): boolean;
}

/** What was run for one proposal. */
export interface ProposalRuns {
  proposal: ParsedProposal;
  /** The tasks that the proposal was conditioned on. */
  references: readonly { fingerprint: string }[];
  /** Null where the kind asks for none. */
  probes: Probes | null;
  /** One outcome for each of the proposal's own inputs. */
  own: readonly Outcome[];
  /** One outcome for each probe, then one for each variation. */
  probed: readonly Outcome[];
}

/** What was run on behalf of one response, and what the sandbox said: one outcome an input. */
export interface Execution {
  program: string;
  inputs: readonly string[];
  outcomes: readonly Outcome[];
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

/** A task of a held-out suite, and what its program does: a suite has no two tasks that do the same. */
export interface HeldOutTask {
  triplet: Triplet;
  fingerprint: string;
  /**
   * The interpreter's own thought, in tokens, where the answer is what it ends in. Answers are compared with it to tell
   * where they went wrong; nothing rewards that.
   */
  thought?: readonly number[];
}

export interface KindSpec {
  /** Its name where it stands alone. */
  readonly label: string;
  /** Its name within a sentence. */
  readonly noun: string;
  /** Its name where there is room for a few letters only. */
  readonly short: string;
  /** What is asked, as part of a sentence. */
  readonly meaning: string;
  /** The part of the triplet that an answer gives. */
  readonly asks: 'input' | 'output' | 'program';
  /** CSS colours of its lines and fills, and of its text. */
  readonly colour: { readonly fill: string; readonly text: string };
  /** Its switch among the hyper-parameters. */
  readonly switch: {
    /** Whether it is on by default, as the three kinds of the paper's runs are. */
    readonly isOn: boolean;
    /** One sentence: why it exists or why it is on or off. */
    readonly reason: string;
    /** Whether it is on in the paper. */
    readonly paper: boolean | null;
  };

  /** Whether a proposal is a program with its input, or only inputs for a program that another kind lends. */
  readonly proposes: 'program' | 'inputs';
  /** Whether its programs are lent to kinds that propose inputs. */
  readonly lendsPrograms: boolean;
  /** Whether its programs may raise, so that a source of tasks which does not learn writes such ones, too. */
  readonly mayRaise: boolean;
  /** Whether valid proposals f may become f(g(x)), with g of an earlier task. */
  readonly composes: boolean;
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
  parseProposal(tokens: readonly number[], references: readonly Triplet[]): ParsedProposal | null;

  /** The proposal as it is to be run, or what is wrong with it before any run. */
  prepare(proposal: ParsedProposal, rules: VerificationRules): ParsedProposal | Refused;
  /** Inputs on which the program is run besides its own, to tell what it does; null when that is known already. */
  probesOf(proposal: ParsedProposal): Probes | null;
  /** The triplet that the runs make of the proposal, or why they make none. */
  verify(runs: ProposalRuns, rules: VerificationRules): Validity;
  /** Whether an answer could equal this output, as {@link parseSolution} reads answers. */
  isOutput(text: string): boolean;

  /** The first task, from a program that was given by hand and runs; null when the kind begins without one. */
  seed(program: Triplet): Triplet | null;
  /** Its examples in the warm-up: of solving it, and of proposing it. Null where the warm-up shows none. */
  readonly warmUp: { readonly solve: WarmUpPart | null; readonly propose: WarmUpPart | null };
  /**
   * A fresh task of the held-out class, or null when what was drawn does not lend itself to one. An induction task
   * has `examples` examples.
   */
  heldOutTask(random: Random, level: Level, tier: number, examples: number): HeldOutTask | null;
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
export function readProgramAndInput(tokens: readonly number[]): ParsedProposal | null {
  const split = tokens.indexOf(SPECIAL.input);
  if (tokens[0] !== SPECIAL.program || split < 2 || tokens.at(-1) !== SPECIAL.eos) return null;
  const program = tokens.slice(1, split);
  const inputs = readFields(tokens.slice(split, -1), SPECIAL.input);
  if (!program.every(isText) || inputs?.length !== 1) return null;
  const input = canonicalArguments(inputs[0] as string);
  return input === null ? null : { program: decode(program), inputs: [input] };
}
