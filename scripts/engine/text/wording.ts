/** The wording of runs that a pretrained model goes on with: prompts and responses are text, in the model's own tokens. */
import { canonicalText } from '../../../src/language/literal.ts';
import { SPECS } from '../../../src/tasks/index.ts';
import { shownExamples } from '../../../src/tasks/induction.ts';
import { canonicalArguments, type KindSpec, type Triplet } from '../../../src/tasks/kind.ts';
import { ALL_KINDS, type TaskKind } from '../../../src/tasks/task.ts';
import type { Wording } from '../../../src/tasks/wording.ts';
import { answerWith, type KindInText, proposeInputs, proposeProgram, SOLVE } from './prompts.ts';
import {
  blocksOf,
  inputsOf,
  literalsOfAnswer,
  programAndInput,
  programOfAnswer,
  readWritten,
} from './reading.ts';
import type { ModelTokenizer } from './tokenizer.ts';

/** Whether there are prompts in text for a kind. */
export function isInText(kind: TaskKind): kind is KindInText {
  return kind in SOLVE;
}

/**
 * Of kinds that are not in text, `specs` has the page's. `inductionExamples`: how many inputs a proposal of induction is asked
 * for.
 */
export function textWording(tokenizer: ModelTokenizer, inductionExamples: number): Wording {
  const written = (tokens: readonly number[]) => readWritten(tokenizer.decode(tokens));
  const answerOf = (tokens: readonly number[]) => written(tokens).answer;
  const isThinking = (tokens: readonly number[]) => written(tokens).thought !== '';

  /** The kind with its ways to ask and to read in text; all else is its own. */
  const inText = (kind: KindInText): KindSpec => {
    const spec = SPECS[kind];
    const { part, read } = ANSWERS[kind];
    return {
      ...spec,
      solvePrompt: (task) => tokenizer.prompt(SOLVE[kind](task, shownExamples(task))),
      parseSolution(tokens) {
        const text = answerOf(tokens);
        const answer = text === null ? null : read(text);
        return answer === null ? null : { answer, thinks: isThinking(tokens) };
      },
      // One more ends the response.
      answerTokens: (task) => tokenizer.encode(answerWith(part, task[ASKED[part]])).length + 1,
      proposePrompt: (references) =>
        tokenizer.prompt(
          kind === 'induction'
            ? proposeInputs(references[0]?.program ?? '', inductionExamples)
            : proposeProgram(kind, references),
        ),
      parseProposal(tokens, references) {
        const text = answerOf(tokens);
        if (text === null) return null;
        if (spec.proposes === 'program') return readProgram(text);
        const [reference] = references;
        const inputs = inputsOf(text, inductionExamples).map(canonicalArguments);
        if (!reference || !inputs.every((input) => input !== null)) return null;
        return { program: reference.program, inputs: [...new Set(inputs)] };
      },
    };
  };

  /** A text with what the model takes for more than text, e.g. its end mark, would not come back as it is. */
  function readProgram(text: string) {
    const found = programAndInput(text);
    const input = found && canonicalArguments(found.input);
    if (!found || input === null || ![found.program, input].every(tokenizer.isEncodable)) return null;
    return { program: found.program, inputs: [input as string] };
  }

  return {
    specs: Object.fromEntries(
      ALL_KINDS.map((kind) => [kind, isInText(kind) ? inText(kind) : SPECS[kind]]),
    ) as Wording['specs'],
    isOfLevel: false,
    opening: null,
    encode: tokenizer.encode,
    isEncodable: tokenizer.isEncodable,
    isThinking,
    answerText(tokens) {
      const answer = answerOf(tokens);
      if (answer === null) return null;
      return literalsOfAnswer(answer, blocksOf(answer, 'input').length > 0 ? 'input' : 'output');
    },
    proposalTexts(tokens) {
      const answer = answerOf(tokens);
      const inputs = answer === null ? [] : inputsOf(answer, inductionExamples);
      if (answer === null || inputs.length === 0) return null;
      return { program: programAndInput(answer)?.program ?? '', inputs };
    },
    render: (tokens) => `<think>${tokenizer.decode(tokens)}`,
  };
}

/** By kind, the block that an answer has, and how it is read; null when it cannot be. */
const ANSWERS: Readonly<
  Record<KindInText, { part: keyof typeof ASKED; read: (answer: string) => string | null }>
> = {
  deduction: { part: 'output', read: (answer) => canonicalText(literalsOfAnswer(answer, 'output')) },
  abduction: { part: 'input', read: (answer) => canonicalArguments(literalsOfAnswer(answer, 'input')) },
  induction: { part: 'python', read: programOfAnswer },
  error: {
    part: 'output',
    // The first word counts: `ValueError: too many` names the class.
    read: (answer) => /^[A-Za-z_]\w*/.exec(literalsOfAnswer(answer, 'output'))?.[0] ?? null,
  },
};

/** What of a task each block has. */
const ASKED = { output: 'output', input: 'input', python: 'program' } as const satisfies Record<
  string,
  keyof Triplet
>;
