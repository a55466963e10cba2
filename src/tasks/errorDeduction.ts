import { encode } from '../language/tokenizer.ts';
import { errorPrompt, proposeErrorPrompt } from './format.ts';
import { CORRECT, type KindSpec, readAnswer, readProgramAndInput, WRONG } from './kind.ts';

/** Name of a class: the only readable answer. */
const CLASS_NAME = /^[A-Za-z_]\w*$/;

/**
 * Given program and input, name the class of the exception that it raises, or `NoError` (the official code's
 * `code_e`, off in the published runs). Judged without execution: the gold class is known. The official code
 * compares the first word whatever its case; here the whole name must be right.
 */
export const errorDeduction: KindSpec = {
  kind: 'error',
  label: 'Error deduction',
  fixedReferences: null,

  solvePrompt: ({ program, input }) => errorPrompt(program, input),

  parseSolution(tokens) {
    const read = readAnswer(tokens);
    return read && CLASS_NAME.test(read.text) ? { answer: read.text, thinks: read.thinks } : null;
  },

  judgeRequest: () => null,

  judge: (task, answer) => (answer === task.output ? CORRECT : WRONG),

  answerTokens: ({ output }) => encode(output).length + 2,

  proposePrompt: proposeErrorPrompt,
  parseProposal: readProgramAndInput,
};
