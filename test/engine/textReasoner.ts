/** Tests: a pretrained model that needs no weights. It writes programs of one family, in text, and solves some of them. */
import { answerWith } from '../../scripts/engine/text/prompts.ts';
import { blocksOf } from '../../scripts/engine/text/reading.ts';
import type { ModelTokenizer } from '../../scripts/engine/text/tokenizer.ts';
import { Random } from '../../src/random.ts';
import type { Rollout, SampleOptions } from '../../src/reasoner/reasoner.ts';
import { ScriptedReasoner } from '../selfplay/scriptedReasoner.ts';
import { EOS } from './byteTokenizer.ts';

/** Python that no level has: texts, numbers beyond 99, a letter that Kelvin's tokenizer does not know. */
export const programOf = (k: number) => `def f(n):
    total = 0
    for i in range(n):
        if i % 3 == ${k % 3}:
            total += i * ${k}
    return 'né' + str(total)`;

export function outputOf(k: number, n: number): string {
  let total = 0;
  for (let i = 0; i < n; i++) if (i % 3 === k % 3) total += i * k;
  return `'né${total}'`;
}

const LARGEST = 400;

export class TextReasoner extends ScriptedReasoner {
  override readonly config = { ...new ScriptedReasoner().config, contextLength: 16_384 };

  constructor(private readonly tokenizer: ModelTokenizer) {
    super();
  }

  override async sample(prompts: readonly (readonly number[])[], options: SampleOptions): Promise<Rollout[]> {
    const random = new Random(options.seed);
    this.samples.push({ prompts, options });
    return prompts.map((prompt) => {
      const text = this.written(this.tokenizer.decode(prompt), random);
      const tokens = [...this.tokenizer.encode(text), EOS];
      return { tokens, logprobs: tokens.map(() => -0.5), finished: true };
    });
  }

  private written(prompt: string, random: Random): string {
    const answer = random.chance(0.1) ? ' I do not know.' : this.answer(prompt, random);
    return random.chance(0.5) ? `Let me see.${answer}` : answer;
  }

  private answer(prompt: string, random: Random): string {
    if (prompt.includes('Create a Python Code Snippet')) {
      const program = `\`\`\`python\n${programOf(random.integer(2, LARGEST))}\n\`\`\`\n`;
      return answerWith('input', String(random.integer(5, 30))).replace('```input', `${program}\`\`\`input`);
    }
    const [, wanted] = /design (\d+) inputs/.exec(prompt) ?? [];
    if (wanted) {
      const inputs = random.sample(
        Array.from({ length: 20 }, (_, i) => i + 4),
        Number(wanted),
      );
      return ` </think> <answer>${inputs.map((n) => `\n\`\`\`input\n${n}\n\`\`\``).join('')}\n</answer>`;
    }
    return this.solved(prompt, random.chance(0.4));
  }

  private solved(prompt: string, isWrong: boolean): string {
    const k = Number(/i \* (\d+)/.exec(prompt)?.[1]);
    if (prompt.includes('Deduce the Output')) {
      const n = Number(blocksOf(prompt, 'input')[0]);
      return answerWith('output', isWrong ? '4 + 4' : outputOf(k, n));
    }
    if (prompt.includes('Find One Possible Input')) {
      const [output] = blocksOf(prompt, 'output');
      const n = Array.from({ length: 40 }, (_, i) => i).find((each) => outputOf(k, each) === output);
      return answerWith('input', isWrong || n === undefined ? '-1' : String(n));
    }
    const [inputs, outputs] = ['input', 'output'].map((name) =>
      Array.from({ length: 20 }, (_, i) => blocksOf(prompt, `${name}_${i}`)[0]).filter(
        (text) => text !== undefined,
      ),
    ) as [string[], string[]];
    const found = Array.from({ length: LARGEST + 1 }, (_, i) => i).find((each) =>
      inputs.every((n, i) => outputOf(each, Number(n)) === outputs[i]),
    );
    return answerWith(
      'python',
      isWrong || found === undefined ? 'def f(n):\n    return n' : programOf(found),
    );
  }
}
