import { canonicalText } from '../language/literal.ts';
import { encode } from '../language/tokenizer.ts';
import { deductionPrompt, proposePrompt } from './format.ts';
import { CORRECT, type KindSpec, readAnswer, readProgramAndInput, WRONG } from './kind.ts';
import { PROGRAM_PROPOSALS, tracedProgram } from './programKinds.ts';
import { isLiteral, probesOfProgram, refuseHeldOut, verifyProgram } from './verification.ts';
import { drawProgram, solution } from './warmUp.ts';

/** Given program and input, predict the output. Judged without execution: the gold output is known. */
export const deduction: KindSpec = {
  label: 'Deduction',
  noun: 'deduction',
  short: 'ded',
  meaning: 'given program and input, predict the output',
  asks: 'output',
  colour: { fill: 'light-dark(#0072b2, #56b4e9)', text: 'light-dark(#005f96, #7cc6f0)' },
  switch: {
    isOn: true,
    reason: 'Given program and input, predict the output.',
    paper: true,
  },

  proposes: 'program',
  lendsPrograms: true,
  mayRaise: false,
  composes: true,
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

  seed: (program) => program,
  warmUp: {
    solve: {
      weight: { balanced: 0.45, writing: 0.35 },
      draw(random, options) {
        const drawn = drawProgram(random, options);
        const traced = drawn?.program.trace(drawn.input);
        if (!drawn || !traced) return null;
        const prompt = deductionPrompt(drawn.program.source, drawn.input);
        const thought = random.chance(options.thinkShare) ? traced.thought : null;
        return solution(prompt, thought, traced.output, options);
      },
    },
    propose: PROGRAM_PROPOSALS,
  },
  heldOutTask: tracedProgram,
};
