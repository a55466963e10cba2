/** Tests: a kind of task that Kelvin does not have, in its one file, as a newcomer would write it. */
import { encode, SPECIAL } from '../../src/language/tokenizer.ts';
import { proposePrompt } from '../../src/tasks/format.ts';
import { CORRECT, type KindSpec, readAnswer, readProgramAndInput, WRONG } from '../../src/tasks/kind.ts';
import { heldOutProgram } from '../../src/tasks/programKinds.ts';
import { isLiteral, probesOfProgram, refuseHeldOut, verifyProgram } from '../../src/tasks/verification.ts';
import { drawProgram, solution } from '../../src/tasks/warmUp.ts';

/** Given program and input, tell how many characters the output has. */
export const toy: KindSpec = {
  label: 'Toy',
  noun: 'toy',
  short: 'toy',
  meaning: 'given program and input, tell how long the output is',
  asks: 'output',
  colour: { fill: 'light-dark(#806000, #d0b040)', text: 'light-dark(#604800, #e0c860)' },
  switch: { isOn: false, reason: 'Shows what a kind of task must say of itself.', paper: null },

  proposes: 'program',
  lendsPrograms: false,
  mayRaise: false,
  composes: false,
  fixedReferences: null,

  solvePrompt: ({ program, input }) => prompt(program, input),

  parseSolution(tokens) {
    const read = readAnswer(tokens);
    return read && /^\d+$/.test(read.text) ? { answer: read.text, thinks: read.thinks } : null;
  },

  judgeRequest: () => null,
  judge: ({ output }, answer) => (answer === lengthOf(output) ? CORRECT : WRONG),
  answerTokens: ({ output }) => encode(lengthOf(output)).length + 2,

  proposePrompt: (references) => [
    SPECIAL.proposeAbduction,
    SPECIAL.reference,
    ...proposePrompt('abduction', references).slice(1),
  ],
  parseProposal: readProgramAndInput,

  prepare: (proposal) => proposal,
  probesOf: probesOfProgram,
  verify: (runs, rules) => refuseHeldOut(verifyProgram(runs, rules)),
  isOutput: isLiteral,

  seed: (program) => program,
  warmUp: {
    solve: {
      weight: { balanced: 0.1, writing: 0.1 },
      draw(random, options) {
        const drawn = drawProgram(random, options);
        const output = drawn?.program.run(drawn.input);
        if (!drawn || output == null) return null;
        return solution(prompt(drawn.program.source, drawn.input), null, lengthOf(output), options);
      },
    },
    propose: null,
  },
  heldOutTask: heldOutProgram,
};

/** The vocabulary has no token of its own for it: deduction's, with a reference mark behind it. */
function prompt(program: string, input: string): number[] {
  return [SPECIAL.solveDeduction, SPECIAL.reference, ...encode(program), SPECIAL.input, ...encode(input)];
}

function lengthOf(output: string): string {
  return String(output.length);
}
