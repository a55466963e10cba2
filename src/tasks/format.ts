/**
 * The token layout of every prompt and response, in one place: what the warm-up shows is exactly what
 * self-play sees. Each program is encoded on its own, so its line labels count from its own first line.
 *
 * | role, kind                   | prompt                                         | response                              |
 * |------------------------------|------------------------------------------------|---------------------------------------|
 * | solve deduction              | `<solve:ded>` program `<in>` input             | [`<think>` …] `<ans>` output `<eos>`  |
 * | solve abduction              | `<solve:abd>` program `<out>` output           | [`<think>` …] `<ans>` input `<eos>`   |
 * | solve induction              | `<solve:ind>` (`<in>` input `<out>` output)×k | [`<think>` …] `<ans>` program `<eos>` |
 * | solve error deduction        | `<solve:err>` program `<in>` input             | [`<think>` …] `<ans>` class `<eos>`   |
 * | solve arithmetic             | `<solve:math>` question                        | [`<think>` …] `<ans>` integer `<eos>` |
 * | propose deduction, abduction | `<propose:…>` (`<ref>` program `<in>` input)×K | `<prog>` program `<in>` input `<eos>` |
 * | propose error deduction      | `<propose:ded> <msg>` (`<ref>` program `<in>` input)×K | `<prog>` program `<in>` input `<eos>` |
 * | propose induction            | `<propose:ind>` program                        | (`<in>` input)×N `<eos>` |
 */
import { encode, SPECIAL } from '../language/tokenizer.ts';

const { eos, think, answer, input: IN, output: OUT, reference, program: PROGRAM } = SPECIAL;

export function deductionPrompt(program: string, input: string): number[] {
  return [SPECIAL.solveDeduction, ...encode(program), IN, ...encode(input)];
}

export function abductionPrompt(program: string, output: string): number[] {
  return [SPECIAL.solveAbduction, ...encode(program), OUT, ...encode(output)];
}

export function inductionPrompt(shown: readonly { input: string; output: string }[]): number[] {
  return [
    SPECIAL.solveInduction,
    ...shown.flatMap(({ input, output }) => [IN, ...encode(input), OUT, ...encode(output)]),
  ];
}

export function errorPrompt(program: string, input: string): number[] {
  return [SPECIAL.solveError, ...encode(program), IN, ...encode(input)];
}

/** An arithmetic question; it is answered like a task. Warm-up and the arithmetic suite only: self-play never asks. */
export function arithmeticPrompt(question: string): number[] {
  return [SPECIAL.solveArithmetic, ...encode(question)];
}

/** A solution: with a thought (its tokens, without `<think>`) or, when null, answered at once. */
export function solutionResponse(thought: readonly number[] | null, answerText: string): number[] {
  return [...(thought ? [think, ...thought] : []), answer, ...encode(answerText), eos];
}

export function proposePrompt(
  kind: keyof typeof PROPOSE_TOKEN,
  references: readonly { program: string; input: string }[],
): number[] {
  return [
    PROPOSE_TOKEN[kind],
    ...references.flatMap((r) => [reference, ...encode(r.program), IN, ...encode(r.input)]),
  ];
}

export function proposeInductionPrompt(program: string): number[] {
  return [SPECIAL.proposeInduction, ...encode(program)];
}

export function proposalResponse(program: string, input: string): number[] {
  return [PROGRAM, ...encode(program), IN, ...encode(input), eos];
}

export function inductionProposalResponse(inputs: readonly string[]): number[] {
  return [...inputs.flatMap((text) => [IN, ...encode(text)]), eos];
}

/** The role token that opens a proposer's prompt, of the kinds whose proposals are a program with its input. */
const PROPOSE_TOKEN = {
  deduction: SPECIAL.proposeDeduction,
  abduction: SPECIAL.proposeAbduction,
  error: SPECIAL.proposeError,
};

/** The role token that opens a solver's prompt. */
export const SOLVE_TOKEN = {
  deduction: SPECIAL.solveDeduction,
  abduction: SPECIAL.solveAbduction,
  induction: SPECIAL.solveInduction,
  error: SPECIAL.solveError,
};
