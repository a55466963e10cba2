/** What the verifier is timed on: programs with an input, all different, from two grammars. */
import { drawInput, generateProgram, sourceOf } from '../../src/language/grammar.ts';
import { probesFor } from '../../src/language/probes.ts';
import { Random } from '../../src/random.ts';
import { WildGrammar } from '../../test/sandbox/wildGrammar.ts';

export interface BenchTask {
  program: string;
  input: string;
  /** Inputs of its probes for triviality and behaviour. */
  probes: string[];
}

export const MIXES = ['grammar', 'wild'] as const;
export type Mix = (typeof MIXES)[number];

const SEED = 12;
const WILD_INPUTS = ["3, 'abca'", "-2, ''", "2.5, '12'", "True, 'a b'"];

/** Tasks of a mix without end; the same on every call. Not all of them return something. */
export function* drawTasks(mix: Mix): Generator<BenchTask, never> {
  const random = new Random(SEED);
  const wild = new WildGrammar(random);
  const seen = new Set<string>();
  for (let i = 0; ; i++) {
    const program = mix === 'grammar' ? sourceOf(generateProgram(random, 1 + (i % 5)).body) : wild.program();
    const input = mix === 'grammar' ? String(drawInput(random)) : random.pick(WILD_INPUTS);
    if (seen.has(program)) continue;
    seen.add(program);
    const { inputs, variations } = probesFor(input);
    yield { program, input, probes: [...inputs, ...variations.flat(2)] };
  }
}
