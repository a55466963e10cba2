import { errorTask, NO_ERROR } from '../language/errors.ts';
import { encode } from '../language/tokenizer.ts';
import type { Outcome } from '../sandbox/sandbox.ts';
import { errorPrompt, proposePrompt } from './format.ts';
import { CORRECT, type KindSpec, readAnswer, readProgramAndInput, WRONG } from './kind.ts';
import {
  NO_RULES,
  outcomeKey,
  probesOfProgram,
  refuse,
  refuseHeldOut,
  verifyProgram,
} from './verification.ts';
import { drawTier, solution } from './warmUp.ts';

/** Name of a class: the only readable answer. */
const CLASS_NAME = /^[A-Za-z_]\w*$/;

/**
 * Given program and input, name the class of the exception that it raises, or `NoError` (the official code's
 * `code_e`, off in the published runs). Judged without execution: the gold class is known. The official code
 * compares the first word whatever its case; here the whole name must be right.
 */
export const errorDeduction: KindSpec = {
  label: 'Error deduction',
  noun: 'error',
  short: 'err',
  meaning: 'given program and input, name the exception',
  asks: 'output',
  colour: { fill: 'light-dark(#b0478a, #e29ac4)', text: 'light-dark(#93316f, #efb2d5)' },
  switch: {
    isOn: false,
    reason: 'Given program and input, name the exception; the paper tried it and left it off.',
    paper: false,
  },

  proposes: 'program',
  lendsPrograms: false,
  mayRaise: true,
  composes: false,
  fixedReferences: null,

  solvePrompt: ({ program, input }) => errorPrompt(program, input),

  parseSolution(tokens) {
    const read = readAnswer(tokens);
    return read && CLASS_NAME.test(read.text) ? { answer: read.text, thinks: read.thinks } : null;
  },

  judgeRequest: () => null,

  judge: (task, answer) => (answer === task.output ? CORRECT : WRONG),

  answerTokens: ({ output }) => encode(output).length + 2,

  proposePrompt: (references) => proposePrompt('error', references),
  parseProposal: readProgramAndInput,

  // A program that names its error leaves nothing to find out.
  prepare: (proposal) =>
    RAISE.test(proposal.program)
      ? refuse('banned-word', 'A program of error deduction must not raise an error by name.')
      : proposal,
  probesOf: probesOfProgram,

  /** Here a program may raise; then the name of the exception's class is its output. */
  verify(runs) {
    const [outcome] = runs.own;
    const raised = outcome && raisedBy(outcome);
    const output = raised ?? NO_ERROR;
    // Limits, syntax and what is forbidden stay reasons to refuse: they are not the program's own errors.
    const own: readonly Outcome[] = raised ? [{ ok: true, output }] : runs.own;
    const verified = verifyProgram({ ...runs, own }, NO_RULES, classKey);
    if (!verified.ok) return verified;
    const validity = { ...verified, triplet: { ...verified.triplet, output } };
    return alwaysRaises(verified.fingerprint) ? validity : refuseHeldOut(validity);
  },

  isOutput: (text) => CLASS_NAME.test(text),

  // A program that was given by hand has run.
  seed: (program) => ({ ...program, output: NO_ERROR }),
  warmUp: {
    solve: {
      weight: { balanced: 0.01, writing: 0 },
      draw(random, options) {
        const task = errorTask(random, options.level, drawTier(random, options));
        if (!task) return null;
        const thought = random.chance(options.thinkShare) ? task.thought : null;
        return solution(errorPrompt(task.program, task.input), thought, task.output, options);
      },
    },
    propose: null,
  },
  heldOutTask(random, level, tier) {
    const task = errorTask(random, level, tier, true);
    if (!task) return null;
    const { program, input, output } = task;
    // Faults leave a program's behaviour as little as its text: what is asked is the key.
    return { triplet: { program, input, output }, fingerprint: `${program} ${input}` };
  },
};

const RAISE = /(?<![\w.])raise(?![\w.])/;

/** How the sandbox tells of an exception: `ZeroDivisionError: division by zero`. */
const RAISED = /^([A-Z]\w*)(?::|$)/;

/** The class of the exception that the program itself raised, if it did. */
function raisedBy(outcome: Outcome): string | undefined {
  return outcome.ok || outcome.refusal !== 'error' ? undefined : RAISED.exec(outcome.detail)?.[1];
}

/** Does what {@link outcomeKey} does, but names the class that was raised: that is what programs of this kind do. */
function classKey(outcome: Outcome): string {
  const raised = outcome.ok ? undefined : RAISED.exec(outcome.detail)?.[1];
  return raised === undefined ? outcomeKey(outcome) : `!${raised}`;
}

/** Such programs are tasks of error deduction alone, and none of the test set is one of them. */
function alwaysRaises(fingerprint: string): boolean {
  const keys = fingerprint.slice(fingerprint.indexOf(': ') + 2).split(' | ');
  return keys.every((key) => key.startsWith('!'));
}
