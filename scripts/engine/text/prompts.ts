/**
 * What a pretrained model is asked, in text: the paper's prompts (its figures 33 to 40) in our own words, with the same
 * parts in the same order. What differs is that a program is one function of what the judge allows, and that induction
 * has no message.
 */
import type { Example, Triplet } from '../../../src/tasks/kind.ts';
import type { TaskKind } from '../../../src/tasks/task.ts';

/** The conversation that DeepSeek-R1 begins; what the model writes comes behind the `<think>`. */
function conversation(request: string): string {
  return `A conversation between User and Assistant. The user asks for something, and the assistant provides it. The assistant first thinks the task through in its mind and then gives the user the answer. The reasoning stands within <think> </think> tags and the answer within <answer> </answer> tags, i.e., <think> reasoning process here </think> <answer> answer here </answer>.
User: ${request}
Assistant: <think>`;
}

/** A block as the prompts show it and as answers must have it. */
function block(name: string, text: string): string {
  return `\`\`\`${name}\n${text}\n\`\`\``;
}

const ARGUMENTS =
  'Write the arguments with commas between them and texts in quotes, as they would stand between the brackets of f(…): plain values, no names and no calls.';

/** What the solver is asked, of the kinds that can be asked in text. `shown` are induction's examples. */
export const SOLVE = {
  deduction: ({ program, input }: Triplet) =>
    conversation(`# Task: Deduce the Output of a Python Code Snippet from Its Code and Input
Think step by step about what the code snippet does with the input, then give the output that it returns. Wrap the output in a \`\`\`output\`\`\` block. It must be a plain value as Python prints it with repr: texts in quotes, nothing left to compute.

# Code Snippet:
${block('python', program)}

# Input:
${block('input', input)}

# Output Format (an example):
${block('output', "{'age': 20, 'city': 'New York'}")}`),

  abduction: ({ program, output }: Triplet) =>
    conversation(`# Task: Find One Possible Input of a Python Code Snippet from Its Code and Output
Think step by step about the code snippet, then give one input with which it returns the output. Any input that does so is right. Wrap the input in an \`\`\`input\`\`\` block. ${ARGUMENTS}

# Code Snippet:
${block('python', program)}

# Output:
${block('output', output)}

# Output Format (an example):
${block('input', "'John', {'age': 20, 'city': 'New York'}")}`),

  induction: (_: Triplet, shown: readonly Example[]) =>
    conversation(`# Task: Deduce the Python Function that Gives These Outputs for These Inputs
Think step by step about what the examples have in common, then write the code of the function. Wrap it in a \`\`\`python\`\`\` block. It must be one function with the name f. It will be run on further inputs, which you do not see: code that only looks the examples up is wrong.

# Examples:
${shown.map(({ input, output }, i) => `${block(`input_${i}`, input)}\n${block(`output_${i}`, output)}`).join('\n')}

# Output Format (an example):
${block('python', 'def f(a):\n    return a')}`),

  error: ({ program, input }: Triplet) =>
    conversation(`# Task: Deduce the Error that a Python Code Snippet Raises
Think step by step about what the code snippet does with the input, then name the class of the exception that it raises, or NoError where it raises none. Wrap the name in a \`\`\`output\`\`\` block.

# Code Snippet:
${block('python', program)}

# Input:
${block('input', input)}

# Output Format (an example):
${block('output', 'ValueError')}`),
} satisfies Partial<Record<TaskKind, (task: Triplet, shown: readonly Example[]) => string>>;

export type KindInText = keyof typeof SOLVE;

/** What a program may be made of: the judge's allow-list in words. */
const REQUIREMENTS = `## Code Requirements:
- The code is exactly one function with the name \`f\`, and nothing beside it; it may define helper functions and lambdas inside of it
- It has at least one parameter and ends with a return statement
- It takes and returns plain values: numbers, texts, True, False, None, lists, tuples, dictionaries
- It is deterministic: the same input always gives the same output
- It keeps track of a state over several transformations of its data, so that long reasoning in many steps is needed
- AVOID THE FOLLOWING:
  * Imports, classes, decorators, global names
  * Randomness, dates and times
  * Reading or writing files, reading input, printing, logging
  * Anything else outside of the function
- It finishes quickly: a few thousand steps at most`;

/** What is judged in a proposal beside that it runs. */
const CRITERIA: Readonly<Record<Exclude<KindInText, 'induction'>, { asks: string; hard: string }>> = {
  deduction: {
    asks: 'deep algorithmic reasoning to deduce the output from the input',
    hard: 'Difficulty in predicting the output from the input and the code',
  },
  abduction: {
    asks: 'deep algorithmic reasoning to find one possible input for a given output',
    hard: 'Difficulty in predicting an input from the output and the code',
  },
  error: {
    asks: 'deep algorithmic reasoning to tell which error it raises with its input, if any',
    hard: 'Difficulty in predicting the error from the input and the code. Do not use the word raise: the error must come of what the code does',
  },
};

/** A proposal of a kind whose proposals are a program with its input. */
export function proposeProgram(kind: keyof typeof CRITERIA, references: readonly Triplet[]): string {
  const { asks, hard } = CRITERIA[kind];
  const snippets = references.map(({ program, input, output }, i) =>
    [
      `<snippet_${i}>`,
      block('python', program),
      block('input', input),
      block('output', output),
      `</snippet_${i}>`,
    ].join('\n'),
  );
  return conversation(`## Task: Create a Python Code Snippet with One Matching Input
Using the reference code snippets below as examples, design a new and unique Python code snippet that demands ${asks}. Give the code snippet and a test input with it. It is meant as an I.Q. test.

${REQUIREMENTS}

## Input Requirements:
- Give exactly one test input for your function
- ${ARGUMENTS}

## Formatting:
- Wrap the code in a \`\`\`python\`\`\` block and the input in an \`\`\`input\`\`\` block:
${block('python', 'def f(text, info):\n    # code here\n    return result')}
${block('input', "'John', {'age': 20, 'city': 'New York'}")}

## Evaluation Criteria:
- Executability: the code runs with your input
- ${hard}
- Creativity: the code must be sufficiently different from the reference snippets

First, carefully devise a clear plan: what makes the snippet hard to reason about, and how it differs from the references. Then write the code snippet and the input.

### Reference Code Snippets:
${snippets.join('\n\n')}`);
}

/** A proposal of induction: `count` inputs for a program of the buffer. */
export function proposeInputs(program: string, count: number): string {
  return conversation(`## Task: Output ${count} Inputs that Can Be Plugged into the Following Code Snippet
Using the code snippet below, design ${count} inputs that can be plugged into it, so that together with their outputs they are an I.Q. test: another person will see some of the inputs with their outputs, and has to deduce the code snippet. Try to make it challenging but not impossible.

## Input Requirements:
- Give exactly ${count} valid inputs, all different from each other
- ${ARGUMENTS}
- The inputs should cover what the code does, and give diverse outputs
- Nothing may be left to run: the code snippet itself must not stand in your answer

## Formatting:
- Wrap each input in an \`\`\`input\`\`\` block of its own:
${block('input', "'John', {'age': 20, 'city': 'New York'}")}
${block('input', "'Sammy', {'age': 37, 'city': 'Los Angeles'}")}

## Evaluation Criteria:
- Executability: the code runs with every input
- Coverage: the inputs and outputs say enough to deduce the code
- Creativity: the inputs are sufficiently different from each other

First, carefully devise a clear plan: what the code does, and which inputs tell of it. Then write the ${count} inputs.

## Code Snippet:
${block('python', program)}
f(<|YOUR INPUT WILL BE PLUGGED HERE|>)`);
}

/** A response that gives `text` in a block, as the model would write it after the prompt's `<think>`. */
export function answerWith(name: string, text: string): string {
  return ` </think> <answer>\n${block(name, text)}\n</answer>`;
}
