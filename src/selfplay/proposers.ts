/**
 * Who proposes: the reasoner itself, or one of two controls that do not learn. The controls write in the reasoner's
 * format, and what they write is verified, attempted and remembered like its own proposals.
 */
import { CURATED } from '../benchmark/curated.ts';
import type { Config } from '../config/hyperparameters.ts';
import { errorTask } from '../language/errors.ts';
import { type LevelId, levelOf } from '../language/level.ts';
import { probesFor } from '../language/probes.ts';
import type { Random } from '../random.ts';
import type { Reasoner } from '../reasoner/reasoner.ts';
import { inductionProposalResponse, proposalResponse } from '../tasks/format.ts';
import { SPECS } from '../tasks/index.ts';
import type { Task } from '../tasks/task.ts';
import type { Wording } from '../tasks/wording.ts';
import { tierShares } from '../warmup/corpus.ts';
import type { Listener } from './events.ts';
import type { Condition, Proposal } from './records.ts';

export interface Proposer {
  /** Whether it can learn from what becomes of its proposals. */
  readonly learns: boolean;
  /** Whether it looks at references; induction's one program is shown to every proposer. */
  readonly readsReferences: boolean;
  /** One response to each condition, in order. */
  propose(conditions: readonly Condition[], random: Random): Promise<Proposal[]>;
}

interface Parts {
  reasoner: Reasoner;
  config: Config;
  wording: Wording;
  emit: Listener;
}

/** The proposer that a configuration asks for. */
export function createProposer(parts: Parts): Proposer {
  switch (parts.config.taskSource) {
    case 'self':
      return new ReasonerProposer(parts);
    case 'grammar':
      return new ProgramProposer(new GrammarPrograms(parts.config), parts);
    case 'curated':
      return new ProgramProposer(new CuratedPrograms(parts.config.level), parts);
  }
}

/** Self-play proper: τ ~ π_propose(· | z). */
class ReasonerProposer implements Proposer {
  readonly learns = true;
  readonly readsReferences = true;

  constructor(private readonly parts: Parts) {}

  async propose(conditions: readonly Condition[], random: Random): Promise<Proposal[]> {
    if (conditions.length === 0) return [];
    const { reasoner, config, wording, emit } = this.parts;
    const { specs } = wording;
    const prompts = conditions.map(({ kind, references }) => specs[kind].proposePrompt(references));
    const rollouts = await reasoner.sample(prompts, {
      maxNewTokens: config.maxProposeTokens,
      temperature: config.temperature,
      seed: random.uint32(),
      onProgress: (done, total) => void emit({ type: 'progress', what: 'propose', done, total }),
    });
    return rollouts.map((rollout, i) =>
      proposalOf(conditions[i]!, { prompt: prompts[i]!, ...rollout }, specs),
    );
  }
}

/** A set of programs to draw tasks from. */
interface Programs {
  /** A program with an input. */
  draw(random: Random): { program: string; input: string };
  /** The same for error deduction, where there are programs that raise. */
  drawRaising?(random: Random): { program: string; input: string };
  /** Inputs that were written for a program, where there are some. */
  inputsOf?(program: string, random: Random): string[];
}

/** A control: tasks from a set of programs. */
class ProgramProposer implements Proposer {
  readonly learns = false;
  readonly readsReferences = false;

  constructor(
    private readonly programs: Programs,
    private readonly parts: Parts,
  ) {}

  async propose(conditions: readonly Condition[], random: Random): Promise<Proposal[]> {
    return conditions.map((condition) =>
      proposalOf(condition, {
        prompt: [],
        tokens: this.write(condition, random),
        logprobs: null,
        finished: true,
      }),
    );
  }

  private write({ kind, references: [reference] }: Condition, random: Random): number[] {
    const { programs } = this;
    const { config } = this.parts;
    if (SPECS[kind].proposes === 'inputs' && reference) {
      return inductionProposalResponse(
        inductionInputs(programs, reference, config.inductionExamples, random),
      );
    }
    const raising = SPECS[kind].mayRaise ? programs.drawRaising?.(random) : undefined;
    const { program, input } = raising ?? programs.draw(random);
    return proposalResponse(program, input);
  }
}

export function proposalOf(
  { kind, references }: Condition,
  written: Pick<Proposal, 'prompt' | 'tokens' | 'logprobs' | 'finished'>,
  specs: Wording['specs'] = SPECS,
): Proposal {
  return {
    kind,
    references,
    ...written,
    parsed: written.finished ? specs[kind].parseProposal(written.tokens, references) : null,
    verdict: null,
    execution: null,
    inner: null,
    task: null,
    reward: null,
    advantage: null,
  };
}

/** The set's own inputs of the program, and probes of their type where those do not suffice. */
function inductionInputs(
  programs: Programs,
  { program, input }: Task,
  count: number,
  random: Random,
): string[] {
  const own = programs.inputsOf?.(program, random) ?? [];
  const probes = random.shuffle(probesFor(input).inputs);
  return [...new Set([...own, ...probes])].slice(0, count);
}

/** Fresh programs of the warm-up's grammar. */
class GrammarPrograms implements Programs {
  private readonly level: LevelId;
  private readonly shares: readonly number[];

  constructor({ level, grammarTiers }: Config) {
    this.level = level;
    this.shares = tierShares(grammarTiers);
  }

  draw(random: Random): { program: string; input: string } {
    for (;;) {
      const program = levelOf(this.level).generate(random, 1 + random.weighted(this.shares));
      const input = program.input(random);
      if (input === null) continue;
      return { program: program.source, input };
    }
  }

  drawRaising(random: Random): { program: string; input: string } {
    for (;;) {
      const task = errorTask(random, levelOf(this.level), 1 + random.weighted(this.shares));
      if (task) return task;
    }
  }
}

/** The hand-written programs of a level, each as likely as any other. */
class CuratedPrograms implements Programs {
  private readonly ofLevel;
  private readonly inputs: ReadonlyMap<string, readonly string[]>;

  constructor(level: LevelId) {
    this.ofLevel = CURATED.filter((each) => each.level === level);
    this.inputs = new Map(this.ofLevel.map((each) => [each.program, each.inputs]));
  }

  draw(random: Random): { program: string; input: string } {
    const { program, inputs } = random.pick(this.ofLevel);
    return { program, input: random.pick(inputs) };
  }

  inputsOf(program: string, random: Random): string[] {
    return random.shuffle(this.inputs.get(program) ?? []);
  }
}
