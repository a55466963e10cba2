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
import { heldOutProgram } from './programKinds.ts';
import { inputSearch, jumps } from './searches.ts';
import { isLiteral, probesOfProgram, refuseHeldOut, verifyProgram } from './verification.ts';
import { drawProgram, solution } from './warmUp.ts';

/** Given program and output, find any input that gives the output: programs need not be bijective. */
export const abduction: KindSpec = {
  label: 'Abduction',
  noun: 'abduction',
  short: 'abd',
  meaning: 'given program and output, find an input that gives it',
  asks: 'input',
  colour: { fill: 'light-dark(#d55e00, #f0954f)', text: 'light-dark(#a04500, #f5a871)' },
  switch: {
    isOn: true,
    reason: 'Given program and output, find an input that gives it.',
    paper: true,
  },

  proposes: 'program',
  lendsPrograms: true,
  mayRaise: false,
  composes: true,
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

  seed: (program) => program,
  warmUp: {
    solve: {
      weight: { balanced: 0.14, writing: 0.1 },
      draw(random, options) {
        const drawn = drawProgram(random, options);
        const output = drawn?.program.run(drawn.input);
        if (!drawn || output == null) return null;
        const prompt = abductionPrompt(drawn.program.source, output);
        if (!random.chance(options.thinkShare)) return solution(prompt, null, drawn.input, options);
        const { guesses } = options.level;
        if (!guesses) return solution(prompt, jumps(random, drawn, output), drawn.input, options);
        // Beside the prompt there must be room for the marks of thought and answer, too.
        const room = options.maxTokens - prompt.length - encode(drawn.input).length - 3;
        const search = inputSearch(drawn.program, guesses, output, room);
        return search && solution(prompt, search.thought, search.hit, options);
      },
    },
    // Deduction's examples of proposals are half of them abduction's.
    propose: null,
  },
  heldOutTask: heldOutProgram,
};
