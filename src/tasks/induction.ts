import { encode, SPECIAL } from '../language/tokenizer.ts';
import type { Random } from '../random.ts';
import { fitValues } from './fits.ts';
import { inductionPrompt, inductionProposalResponse, proposeInductionPrompt } from './format.ts';
import {
  CORRECT,
  canonicalArguments,
  type Example,
  type KindSpec,
  readAnswer,
  readFields,
  type Triplet,
  UNREADABLE,
} from './kind.ts';
import { HELD_OUT_PATIENCE } from './programKinds.ts';
import { candidatesAndChecks } from './searches.ts';
import { isLiteral, refuse } from './verification.ts';
import { distinctInputs, drawProgram, type ExampleOptions, solution, type WarmUpExample } from './warmUp.ts';

/** Given half of the examples, write the program; the hidden half decides. */
export const induction: KindSpec = {
  label: 'Induction',
  noun: 'induction',
  short: 'ind',
  meaning: 'given examples, write the program',
  asks: 'program',
  colour: { fill: 'light-dark(#009e73, #35c296)', text: 'light-dark(#00704f, #5bd1ab)' },
  switch: {
    isOn: true,
    reason: 'Given examples, write the program; without it the paper loses three points.',
    paper: true,
  },

  proposes: 'inputs',
  lendsPrograms: false,
  mayRaise: false,
  composes: false,
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
    const inputs = readFields(tokens.slice(0, -1), SPECIAL.input)?.map(canonicalArguments);
    if (!inputs?.every((input) => input !== null)) return null;
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
    return { ok: true, triplet, fingerprint: references[0]?.fingerprint ?? '' };
  },

  isOutput: isLiteral,

  // Its programs come from other kinds' tasks.
  seed: () => null,
  warmUp: {
    solve: { weight: { balanced: 0.15, writing: 0.05 }, draw: solveExample },
    propose: { weight: { balanced: 0.04, writing: 0.1 }, draw: proposeExample },
  },

  heldOutTask(random, level, tier, count) {
    const program = level.generate(random, tier, true);
    const inputs = distinctInputs(random, program, count, HELD_OUT_PATIENCE);
    const examples = inputs?.map((input) => ({ input, output: program.run(input) as string }));
    const first = examples?.[0];
    // Examples that all agree would let the constant program pass.
    if (!first || examples.every(({ output }) => output === first.output)) return null;
    const { source, fingerprint } = program;
    return { triplet: { program: source, ...first, examples }, fingerprint };
  },
};

/** The examples that the solver sees: the first half. */
export function shownExamples({ examples = [] }: Triplet): Example[] {
  return examples.slice(0, Math.floor(examples.length / 2));
}

/** The examples that decide: the rest. */
export function hiddenExamples({ examples = [] }: Triplet): Example[] {
  return examples.slice(Math.floor(examples.length / 2));
}

/** Inputs that the warm-up shows in a proposal; about half of them in a task. */
const WARM_UP_INPUTS = 8;
/** Draws for each input before another program is drawn. */
const PATIENCE = 6;

function solveExample(random: Random, options: ExampleOptions): WarmUpExample | null {
  const drawn = drawProgram(random, options);
  if (!drawn) return null;
  const shown = random.weighted([0.15, 0.7, 0.15]) + WARM_UP_INPUTS / 2 - 1;
  const inputs = distinctInputs(random, drawn.program, shown, PATIENCE);
  if (!inputs) return null;
  const examples = inputs.map((input) => ({ input, output: drawn.program.run(input) as string }));
  const { source } = drawn.program;
  const prompt = inductionPrompt(examples);
  if (!random.chance(options.thinkShare)) return solution(prompt, null, source, options);
  // Value by value; where some value has no such form, what failed for it and a guess.
  const found = fitValues(examples, random);
  if (found) return solution(prompt, found.thought, found.program ?? source, options);
  const checked = examples.slice(0, options.level.checkedExamples);
  return solution(prompt, candidatesAndChecks(random, drawn.program, checked), source, options);
}

function proposeExample(random: Random, options: ExampleOptions): WarmUpExample | null {
  const drawn = drawProgram(random, options);
  const inputs = drawn && distinctInputs(random, drawn.program, WARM_UP_INPUTS, PATIENCE);
  if (!inputs) return null;
  const { source } = drawn.program;
  return {
    prompt: proposeInductionPrompt(source),
    response: inductionProposalResponse(inputs),
    firstWeight: 1,
  };
}
