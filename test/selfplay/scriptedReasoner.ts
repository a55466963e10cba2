/** Tests: a reasoner that needs no weights. It writes programs of the grammar and solves by coin toss. */
import { generateInput, generateProgram } from '../../src/language/grammar.ts';
import { run, trace } from '../../src/language/interpreter.ts';
import type { GeneratedProgram } from '../../src/language/syntax.ts';
import { decode, SPECIAL } from '../../src/language/tokenizer.ts';
import { VOCABULARY_SIZE } from '../../src/language/vocabulary.ts';
import { Random } from '../../src/random.ts';
import type {
  Reasoner,
  Rollout,
  SampleOptions,
  TrainingSequence,
  UpdateOptions,
} from '../../src/reasoner/reasoner.ts';
import {
  inductionProposalResponse,
  proposalResponse,
  SOLVE_TOKEN,
  solutionResponse,
} from '../../src/tasks/format.ts';

/** Writes programs of the grammar and solves half of what it is asked; learns nothing. */
export class ScriptedReasoner implements Reasoner {
  readonly config = {
    vocabularySize: VOCABULARY_SIZE,
    layers: 1,
    width: 8,
    heads: 1,
    feedForward: 8,
    contextLength: 256,
    ropeTheta: 10000,
    rmsNormEpsilon: 1e-5,
    tiedHead: true,
  };
  readonly backend = 'cpu';
  readonly device = 'a script';
  readonly updates: { sequences: readonly TrainingSequence[]; options: UpdateOptions }[] = [];
  prompts: (readonly number[])[] = [];
  readonly samples: { prompts: readonly (readonly number[])[]; options: SampleOptions }[] = [];
  loss = 0.5;
  readonly programs = new Map<string, GeneratedProgram>();

  async sample(prompts: readonly (readonly number[])[], options: SampleOptions): Promise<Rollout[]> {
    const random = new Random(options.seed);
    this.prompts.push(...prompts);
    this.samples.push({ prompts, options });
    return prompts.map((prompt) => {
      const tokens = this.respond(prompt, random);
      return { tokens, logprobs: tokens.map(() => -0.5), finished: tokens.at(-1) === SPECIAL.eos };
    });
  }

  private respond(prompt: readonly number[], random: Random): number[] {
    switch (prompt[0]) {
      case SPECIAL.proposeDeduction:
      case SPECIAL.proposeError:
      case SPECIAL.proposeAbduction: {
        if (random.chance(0.1)) return [SPECIAL.answer, SPECIAL.eos];
        const program = generateProgram(random, random.integer(1, 3), random.chance(0.1));
        this.programs.set(program.source, program);
        return proposalResponse(program.source, String(generateInput(random, program) ?? 1));
      }
      case SPECIAL.proposeInduction: {
        const inputs = random.sample(
          Array.from({ length: 20 }, (_, i) => String(i - 5)),
          random.chance(0.1) ? 3 : 8,
        );
        return inductionProposalResponse(inputs);
      }
      default:
        return this.solve(prompt, random);
    }
  }

  private solve(prompt: readonly number[], random: Random): number[] {
    const isInduction = prompt[0] === SOLVE_TOKEN.induction;
    const marker = prompt[0] === SOLVE_TOKEN.deduction ? SPECIAL.input : SPECIAL.output;
    const split = prompt.indexOf(marker);
    const program = isInduction ? undefined : this.programs.get(decode(prompt.slice(1, split)));
    if (!program || random.chance(0.5)) {
      return solutionResponse(null, isInduction ? 'def f(x):\n    return x' : '3');
    }
    const given = decode(prompt.slice(split + 1));
    if (marker === SPECIAL.input) {
      const traced = trace(program, Number(given));
      return solutionResponse(random.chance(0.5) ? (traced?.thought ?? null) : null, String(traced?.output));
    }
    const found = Array.from({ length: 60 }, (_, i) => i - 20).find((x) => run(program, x) === given);
    return solutionResponse(null, String(found ?? 0));
  }

  async update(sequences: readonly TrainingSequence[], options: UpdateOptions) {
    this.updates.push({ sequences, options });
    const tokens = sequences.reduce((sum, { response }) => sum + response.length, 0);
    return { loss: this.loss, gradNorm: 1, entropy: 0.3, kl: 0.1, tokens, usefulShare: 1 };
  }

  frozen = 0;
  freezeBase = () => void this.frozen++;
  klToBase = async () => 0.1;
  logprobs = async () => [];
  save = async () => new Uint8Array();
  saveOptimizer = async () => new Uint8Array();
  loadOptimizer = async () => {};
  load = async () => {};
  memory = () => ({ tensors: 1, bytes: 4 });
  onFault = () => {};
  dispose = () => {};
}
