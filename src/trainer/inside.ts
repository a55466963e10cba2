/** Looks inside one try: what else the reasoner might have written at every token, before training and now. */
import { render } from '../language/tokenizer.ts';
import { Random } from '../random.ts';
import type { WeightsChoice } from '../reasoner/reasoner.ts';
import type { Choice, Inside, PlayedTask } from '../run/visit.ts';
import { SPECS } from '../tasks/index.ts';
import type { Asked } from './asked.ts';

/**
 * Draws at every token. Each says its own probability exactly; what has one of a tenth is missed by all of them once in
 * 160 times. The likeliest is asked for by itself, and never missed.
 */
const DRAWS = 48;
/** Choices that are told of each token. */
const MOST_CHOICES = 6;

/** The choices at every token of a response to `task`, at temperature 1, and where the likeliest are first not the same. */
export async function lookInside(asked: Asked, task: PlayedTask, tokens: readonly number[]): Promise<Inside> {
  const { step } = asked;
  const base = await choicesAt(asked, task, tokens, step === 0 ? 'current' : 'base');
  const now = step === 0 ? null : await choicesAt(asked, task, tokens, 'current');
  const steps = tokens.map((token, at) => ({
    text: render([token]),
    base: base[at]!,
    now: now ? now[at]! : null,
  }));
  const parts = steps.findIndex((each) => each.now !== null && each.now[0]?.text !== each.base[0]?.text);
  return { steps, parts: parts < 0 ? null : parts, step };
}

async function choicesAt(
  { reasoner, config }: Asked,
  task: PlayedTask,
  tokens: readonly number[],
  weights: WeightsChoice,
): Promise<Choice[][]> {
  const prompt = SPECS[task.kind].solvePrompt(task);
  const prompts = tokens.map((_, at) => [...prompt, ...tokens.slice(0, at)]);
  const seed = new Random(config.seed).fork('inside', task.program, task.input).uint32();
  const options = { maxNewTokens: 1, temperature: 1, seed, weights };
  const likeliest = await reasoner.sample(prompts, { ...options, greedy: true });
  const drawn = await reasoner.sample(
    prompts.flatMap((each) => Array.from({ length: DRAWS }, () => each)),
    options,
  );
  return prompts.map((_, at) => {
    const found = new Map<string, number>();
    for (const { tokens, logprobs } of [likeliest[at]!, ...drawn.slice(at * DRAWS, (at + 1) * DRAWS)]) {
      if (tokens.length > 0) found.set(render(tokens), Math.exp(logprobs[0]!));
    }
    // The sort is stable: of equals the one that greedy decoding takes comes first.
    const choices = [...found].map(([text, probability]) => ({ text, probability }));
    return choices.sort((a, b) => b.probability - a.probability).slice(0, MOST_CHOICES);
  });
}
