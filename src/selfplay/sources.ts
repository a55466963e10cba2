/**
 * Proposers that do not learn, for controls: they write in the reasoner's place, in its format, and what they write
 * is verified, attempted and remembered like its own proposals.
 */
import type { HandwrittenProgram } from '../benchmark/handwritten.ts';
import type { Config } from '../config/hyperparameters.ts';
import { errorTask } from '../language/errors.ts';
import { type LevelProgram, levelOf } from '../language/level.ts';
import { probesFor } from '../language/probes.ts';
import type { Random } from '../random.ts';
import { inductionProposalResponse, proposalResponse } from '../tasks/format.ts';
import type { Task, TaskKind } from '../tasks/task.ts';
import { CORPUS_DEFAULTS } from '../warmup/corpus.ts';
import type { Draft } from './validity.ts';

/** A set of programs to draw tasks from. */
interface Programs {
  /** A program with an input. */
  draw(random: Random): { program: string; input: string };
  /** The same for error deduction, where there are programs that raise. */
  drawRaising?(random: Random): { program: string; input: string };
  /** Inputs of a program that was drawn earlier, distinct ones first; none of a program it does not know. */
  inputsOf(program: string, count: number, random: Random): string[];
}

/** Writes a proposal of a kind; for induction `references` holds the program whose inputs are proposed. */
export type TaskSource = (
  condition: { kind: TaskKind; references: readonly Task[] },
  random: Random,
) => Draft;

/** The source of a run's tasks; null where the reasoner itself proposes. */
export function taskSourceOf(
  { taskSource, level, inductionExamples }: Pick<Config, 'taskSource' | 'level' | 'inductionExamples'>,
  curated: readonly HandwrittenProgram[],
): TaskSource | null {
  if (taskSource === 'self') return null;
  const programs = taskSource === 'grammar' ? grammarPrograms(level) : curatedPrograms(curated, level);
  return ({ kind, references }, random) => {
    const [reference] = references;
    const tokens =
      kind === 'induction' && reference
        ? inductionProposalResponse(inductionInputs(programs, reference, inductionExamples, random))
        : proposalOf((kind === 'error' && programs.drawRaising?.(random)) || programs.draw(random));
    // Nobody sampled it, so there is no prompt to learn from and no probability.
    return {
      kind,
      references,
      prompt: [],
      rollout: { tokens, logprobs: tokens.map(() => 0), finished: true },
    };
  };
}

function proposalOf({ program, input }: { program: string; input: string }): number[] {
  return proposalResponse(program, input);
}

/** The set's own inputs of the program, and probes of their type where those do not suffice. */
function inductionInputs(
  programs: Programs,
  { program, input }: Task,
  count: number,
  random: Random,
): string[] {
  const own = programs.inputsOf(program, count, random);
  const probes = random.shuffle(probesFor(input).inputs);
  return [...new Set([...own, ...probes])].slice(0, count);
}

/** Fresh programs of the warm-up's grammar, of the tiers and in the shares that the warm-up shows. */
function grammarPrograms(level: number): Programs {
  const written = new Map<string, LevelProgram>();
  return {
    draw(random) {
      for (;;) {
        const program = levelOf(level).generate(random, 1 + random.weighted(CORPUS_DEFAULTS.tiers));
        const input = program.input(random);
        if (input === null) continue;
        written.set(program.source, program);
        return { program: program.source, input };
      }
    },
    drawRaising(random) {
      for (;;) {
        const task = errorTask(random, levelOf(level), 1 + random.weighted(CORPUS_DEFAULTS.tiers));
        if (task) return task;
      }
    },
    inputsOf(source, count, random) {
      const program = written.get(source);
      const inputs = Array.from({ length: program ? 4 * count : 0 }, () => program?.input(random));
      return [...new Set(inputs.filter((input) => typeof input === 'string'))];
    },
  };
}

/** The hand-written programs of a level, each as likely as any other. */
function curatedPrograms(curated: readonly HandwrittenProgram[], level: number): Programs {
  const ofLevel = curated.filter((each) => each.level === level);
  if (ofLevel.length === 0) {
    throw new Error(`There are no curated programs of level ${level}; choose another task source or level.`);
  }
  const inputs = new Map(ofLevel.map((each) => [each.program, each.inputs]));
  return {
    draw(random) {
      const { program, inputs: own } = random.pick(ofLevel);
      return { program, input: random.pick(own) };
    },
    inputsOf: (program, _, random) => random.shuffle(inputs.get(program) ?? []),
  };
}
