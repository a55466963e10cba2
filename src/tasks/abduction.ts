import { encode } from '../language/tokenizer.ts';
import { abductionPrompt, proposePrompt } from './format.ts';
import {
  CORRECT,
  canonicalArguments,
  type KindSpec,
  readAnswer,
  readProgramAndInput,
  WRONG,
} from './kind.ts';
import { isLiteral, probesOfProgram, refuseHeldOut, verifyProgram } from './verification.ts';

/** Given program and output, find any input that gives the output: programs need not be bijective. */
export const abduction: KindSpec = {
  kind: 'abduction',
  label: 'Abduction',
  fixedReferences: null,

  solvePrompt: ({ program, output }) => abductionPrompt(program, output),

  parseSolution(tokens) {
    const read = readAnswer(tokens);
    const answer = read && canonicalArguments(read.text);
    return answer === null ? null : { answer, thinks: read?.thinks ?? false };
  },

  judgeRequest: ({ program }, answer) => ({ program, inputs: [answer], runs: 1 }),

  judge(task, _answer, [outcome]) {
    return outcome?.ok && outcome.output === task.output ? CORRECT : WRONG;
  },

  answerTokens: ({ input }) => encode(input).length + 2,

  proposePrompt: (references) => proposePrompt('abduction', references),
  parseProposal: readProgramAndInput,

  prepare: (proposal) => proposal,
  probesOf: probesOfProgram,
  verify: (runs, rules) => refuseHeldOut(verifyProgram(runs, rules)),
  isOutput: isLiteral,
};
