import { canonicalText } from '../language/literal.ts';
import { encode } from '../language/tokenizer.ts';
import { deductionPrompt, proposePrompt } from './format.ts';
import { CORRECT, type KindSpec, readAnswer, readProgramAndInput, WRONG } from './kind.ts';
import { isLiteral, probesOfProgram, refuseHeldOut, verifyProgram } from './verification.ts';

/** Given program and input, predict the output. Judged without execution: the gold output is known. */
export const deduction: KindSpec = {
  kind: 'deduction',
  label: 'Deduction',
  fixedReferences: null,

  solvePrompt: ({ program, input }) => deductionPrompt(program, input),

  parseSolution(tokens) {
    const read = readAnswer(tokens);
    const answer = read && canonicalText(read.text);
    return answer === null ? null : { answer, thinks: read?.thinks ?? false };
  },

  judgeRequest: () => null,

  // Canonical texts are equal exactly when type and value are: no `==` of the program's own to fool.
  judge: (task, answer) => (answer === task.output ? CORRECT : WRONG),

  answerTokens: ({ output }) => encode(output).length + 2,

  proposePrompt: (references) => proposePrompt('deduction', references),
  parseProposal: readProgramAndInput,

  prepare: (proposal) => proposal,
  probesOf: probesOfProgram,
  verify: (runs, rules) => refuseHeldOut(verifyProgram(runs, rules)),
  isOutput: isLiteral,
};
