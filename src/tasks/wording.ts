/**
 * How tasks are put to a reasoner and how its responses are read. The page has one wording, the token layout; a run that
 * goes on outside of it with a pretrained model has another, in text (scripts/engine/text/).
 */
import { decode, encode, isEncodable, isText, render, SPECIAL } from '../language/tokenizer.ts';
import { SPECS } from './index.ts';
import { isThinking, type KindSpec, readAnswer, readFields, type Tokenizer } from './kind.ts';
import type { TaskKind } from './task.ts';

export interface Wording extends Tokenizer {
  /** The kinds, as they ask and are answered in this wording. */
  readonly specs: Readonly<Record<TaskKind, KindSpec>>;
  /**
   * Whether it is the task language of the run's level: then the level's limits hold for tasks, and thoughts can be laid
   * beside the interpreter's own.
   */
  readonly isOfLevel: boolean;
  /** What makes a reasoner think that might not, in tokens behind the prompt; null where every prompt does. */
  readonly opening: readonly number[] | null;
  /** True when a response has a thought. */
  isThinking(tokens: readonly number[]): boolean;
  /** The text of a finished response's answer, whatever it says; null when its layout is wrong. */
  answerText(tokens: readonly number[]): string | null;
  /**
   * The texts of a finished proposal, whatever they say: its program, empty where it has none or none that is text, and
   * its inputs. Null when it has no input.
   */
  proposalTexts(tokens: readonly number[]): { program: string; inputs: readonly string[] } | null;
  /** A response for people. */
  render(tokens: readonly number[]): string;
}

/** The page's own: format.ts has the layout. */
export const TOKENS: Wording = {
  specs: SPECS,
  isOfLevel: true,
  opening: [SPECIAL.think],
  encode,
  isEncodable,
  isThinking,
  answerText: (tokens) => readAnswer(tokens)?.text ?? null,
  proposalTexts(tokens) {
    const start = tokens.indexOf(SPECIAL.input);
    if (start < 0 || tokens.at(-1) !== SPECIAL.eos) return null;
    const head = tokens.slice(1, start);
    return {
      program: head.every(isText) ? decode(head) : '',
      inputs: readFields(tokens.slice(start, -1), SPECIAL.input) ?? [],
    };
  },
  render,
};
