/**
 * The token layout of every prompt and response, in one place: what the warm-up shows is exactly what
 * self-play sees. Each program is encoded on its own, so its line labels count from its own first line.
 *
 * | role, kind                   | prompt                                         | response                              |
 * |------------------------------|------------------------------------------------|---------------------------------------|
 * | solve deduction              | `<solve:ded>` program `<in>` input             | [`<think>` …] `<ans>` output `<eos>`  |
 * | solve abduction              | `<solve:abd>` program `<out>` output           | [`<think>` …] `<ans>` input `<eos>`   |
 * | solve induction              | `<solve:ind>` (`<in>` input `<out>` output)×k [`<msg>` message] | [`<think>` …] `<ans>` program `<eos>` |
 * | solve error deduction        | `<solve:err>` program `<in>` input             | [`<think>` …] `<ans>` class `<eos>`   |
 * | solve arithmetic             | `<solve:math>` question                        | [`<think>` …] `<ans>` integer `<eos>` |
 * | propose deduction, abduction | `<propose:…>` (`<ref>` program `<in>` input)×K | `<prog>` program `<in>` input `<eos>` |
 * | propose error deduction      | `<propose:ded> <msg>` (`<ref>` program `<in>` input)×K | `<prog>` program `<in>` input `<eos>` |
 * | propose induction            | `<propose:ind>` program                        | (`<in>` input)×N [`<msg>` message] `<eos>` |
 */
import { encode, SPECIAL } from '../language/tokenizer.ts';

const { eos, think, answer, input: IN, output: OUT, reference, program: PROGRAM } = SPECIAL;

export function deductionPrompt(program: string, input: string): number[] {
  return [SPECIAL.solveDeduction, ...encode(program), IN, ...encode(input)];
}

export function abductionPrompt(program: string, output: string): number[] {
  return [SPECIAL.solveAbduction, ...encode(program), OUT, ...encode(output)];
}

export function inductionPrompt(
  shown: readonly { input: string; output: string }[],
  message: string | null = null,
): number[] {
  return [
    SPECIAL.solveInduction,
    ...shown.flatMap(({ input, output }) => [IN, ...encode(input), OUT, ...encode(output)]),
    ...messageField(message),
  ];
}

export function errorPrompt(program: string, input: string): number[] {
  return [SPECIAL.solveError, ...encode(program), IN, ...encode(input)];
}

/** An arithmetic question; it is answered like a task. Warm-up and the arithmetic suite only: self-play never asks. */
export function arithmeticPrompt(question: string): number[] {
  return [SPECIAL.solveArithmetic, ...encode(question)];
}

function messageField(message: string | null): number[] {
  return message === null ? [] : [SPECIAL.message, ...encode(message)];
}

/** A solution: with a thought (its tokens, without `<think>`) or, when null, answered at once. */
export function solutionResponse(thought: readonly number[] | null, answerText: string): number[] {
  return [...(thought ? [think, ...thought] : []), answer, ...encode(answerText), eos];
}

export function proposePrompt(
  kind: 'deduction' | 'abduction',
  references: readonly { program: string; input: string }[],
): number[] {
  return [
    kind === 'deduction' ? SPECIAL.proposeDeduction : SPECIAL.proposeAbduction,
    ...references.flatMap((r) => [reference, ...encode(r.program), IN, ...encode(r.input)]),
  ];
}

/** The vocabulary has no token of its own for it: deduction's, with a message mark behind it. */
export function proposeErrorPrompt(references: readonly { program: string; input: string }[]): number[] {
  const [role, ...rest] = proposePrompt('deduction', references);
  return [role as number, SPECIAL.message, ...rest];
}

export function proposeInductionPrompt(program: string): number[] {
  return [SPECIAL.proposeInduction, ...encode(program)];
}

export function proposalResponse(program: string, input: string): number[] {
  return [PROGRAM, ...encode(program), IN, ...encode(input), eos];
}

export function inductionProposalResponse(
  inputs: readonly string[],
  message: string | null = null,
): number[] {
  return [...inputs.flatMap((text) => [IN, ...encode(text)]), ...messageField(message), eos];
}

/** The role token that opens a solver's prompt. */
export const SOLVE_TOKEN = {
  deduction: SPECIAL.solveDeduction,
  abduction: SPECIAL.solveAbduction,
  induction: SPECIAL.solveInduction,
  error: SPECIAL.solveError,
};
