/** Near misses of a program, as a search through programs meets them. */
import type { Random } from '../random.ts';
import { programOf } from './grammar.ts';
import type { Comparison, Condition, Expression, GeneratedProgram, Operator, Statement } from './syntax.ts';

const TRIES = 8;
const SUMS: readonly Operator[] = ['+', '-', '*'];
const DIVISIONS: readonly Operator[] = ['//', '%'];
const COMPARISONS: readonly Comparison[] = ['<', '>', '<=', '>=', '==', '!='];

/**
 * The program with one constant, operator or comparison changed, so that it acts otherwise; null when a few tries
 * give only trivial or held-out ones.
 */
export function mutateProgram(random: Random, program: GeneratedProgram): GeneratedProgram | null {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const body = structuredClone(program.body);
    const changes = body.flatMap((statement) => changesOf(statement, random));
    if (changes.length === 0) return null;
    random.pick(changes)();
    const mutant = programOf(body, program.tier, false);
    if (mutant && mutant.fingerprint !== program.fingerprint) return mutant;
  }
  return null;
}

type Change = () => void;

function changesOf(s: Statement, random: Random): Change[] {
  switch (s.kind) {
    case 'assign':
      return changesIn(s.value, random);
    case 'return':
      return s.values.flatMap((value) => changesIn(value, random));
    case 'for':
      return s.body.flatMap((inner) => changesOf(inner, random));
    case 'if':
      return [
        ...changesInCondition(s.condition, random),
        ...[...s.body, ...s.orElse].flatMap((inner) => changesOf(inner, random)),
      ];
  }
}

/** A divisor stays from 2 to 9, so nothing divides by zero; other constants stay from 0 to 9. */
function changesIn(e: Expression, random: Random, least = 0): Change[] {
  switch (e.kind) {
    case 'name':
      return [];
    case 'constant': {
      const others = Array.from({ length: 10 }, (_, value) => value).filter(
        (value) => value >= least && value !== e.value,
      );
      return [() => (e.value = random.pick(others))];
    }
    case 'abs':
      return changesIn(e.argument, random);
    case 'binary': {
      const isDivision = DIVISIONS.includes(e.operator);
      const others = (isDivision ? DIVISIONS : SUMS).filter((operator) => operator !== e.operator);
      return [
        () => (e.operator = random.pick(others)),
        ...changesIn(e.left, random),
        ...changesIn(e.right, random, isDivision ? 2 : 0),
      ];
    }
  }
}

function changesInCondition(condition: Condition, random: Random): Change[] {
  const others = COMPARISONS.filter((operator) => operator !== condition.operator);
  return [
    () => (condition.operator = random.pick(others)),
    ...changesIn(condition.left, random),
    ...changesIn(condition.right, random),
  ];
}
