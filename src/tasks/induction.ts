import { encode, isText, SPECIAL } from '../language/tokenizer.ts';
import { inductionPrompt, proposeInductionPrompt } from './format.ts';
import {
  CORRECT,
  canonicalArguments,
  type KindSpec,
  readAnswer,
  readFields,
  type Triplet,
  UNREADABLE,
} from './kind.ts';
import type { Example } from './task.ts';
import { isLiteral, refuse } from './verification.ts';

/** Given half of the examples, write the program; the hidden half decides. */
export const induction: KindSpec = {
  kind: 'induction',
  label: 'Induction',
  fixedReferences: 1,

  solvePrompt: (task) => inductionPrompt(shownExamples(task)),

  parseSolution(tokens) {
    const read = readAnswer(tokens);
    return read?.text.startsWith('def f(') ? { answer: read.text, thinks: read.thinks } : null;
  },

  judgeRequest: (task, answer) => ({
    program: answer,
    inputs: hiddenExamples(task).map(({ input }) => input),
    runs: 1,
  }),

  judge(task, _answer, outcomes) {
    const hidden = hiddenExamples(task);
    const [first] = outcomes;
    // A text that Python does not accept as one function f is no answer at all.
    if (first && !first.ok && (first.refusal === 'syntax' || first.refusal === 'forbidden'))
      return UNREADABLE;
    const agreeing = hidden.filter((example, i) => {
      const outcome = outcomes[i];
      return outcome?.ok && outcome.output === example.output;
    }).length;
    if (hidden.length > 0 && agreeing === hidden.length) return CORRECT;
    return { verdict: 'wrong', score: agreeing / Math.max(1, hidden.length) };
  },

  answerTokens: ({ program }) => encode(program).length + 2,

  proposePrompt: (references) => proposeInductionPrompt(references[0]?.program ?? ''),

  parseProposal(tokens, references) {
    const [reference] = references;
    if (!reference || tokens.at(-1) !== SPECIAL.eos) return null;
    const end = tokens.indexOf(SPECIAL.message);
    const inputs = readFields(tokens.slice(0, end < 0 ? -1 : end), SPECIAL.input)?.map(canonicalArguments);
    if (!inputs?.every((input) => input !== null)) return null;
    // A base may write a message, as its warm-up showed; nobody reads it.
    if (end >= 0 && !tokens.slice(end + 1, -1).every(isText)) return null;
    return { program: reference.program, inputs: [...new Set(inputs)] };
  },

  prepare({ program, inputs }, { inductionExamples: wanted }) {
    if (inputs.length >= wanted) return { program, inputs: inputs.slice(0, wanted) };
    return refuse('too-few-examples', `${inputs.length} distinct inputs of ${wanted}.`);
  },

  // The program is one of the buffer: what it does is known, and nothing held out can be there.
  probesOf: () => null,

  verify({ proposal: { program, inputs }, references, own }, { rejectTrivial }) {
    const examples = inputs.flatMap((input, i) => {
      const outcome = own[i];
      return outcome?.ok ? [{ input, output: outcome.output }] : [];
    });
    const [first] = examples;
    if (!first || examples.length < inputs.length) {
      return refuse('too-few-examples', `${examples.length} of ${inputs.length} inputs run.`);
    }
    // With one output for all inputs, the constant program would pass for the answer.
    if (rejectTrivial && examples.every(({ output }) => output === first.output)) {
      return refuse('constant', `Every example gives ${first.output}.`);
    }
    const triplet = { program, input: first.input, output: first.output, examples };
    return { ok: true, triplet, behaviour: references[0]?.behaviour ?? '' };
  },

  isOutput: isLiteral,
};

/** The examples that the solver sees: the first half. */
export function shownExamples({ examples = [] }: Triplet): Example[] {
  return examples.slice(0, Math.floor(examples.length / 2));
}

/** The examples that decide: the rest. */
export function hiddenExamples({ examples = [] }: Triplet): Example[] {
  return examples.slice(Math.floor(examples.length / 2));
}
