/**
 * How involved a program looks, from its text alone. Plain counts in the spirit of the measures that the official
 * AZR code takes from `complexipy` and `radon`; they need no parser, so any text has them.
 */

const LEXEME =
  /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[A-Za-z_]\w*|\d+(?:\.\d+)?|\*\*=?|\/\/=?|[-+*/%=!<>]=|\S/g;
/** Keywords that act on values rather than stand for one. */
const KEYWORDS = new Set('def return if elif else for in while and or not pass break continue is'.split(' '));
/** Brackets and separators come in pairs or with another operator: they count once, where they open. */
const SILENT = new Set([')', ']', '}', ':']);
const INDENT = 4;

/** The lexemes of each line, with the depth of the block that it stands in (0 = the body of `f`). */
function linesOf(program: string): { depth: number; lexemes: string[] }[] {
  return program.split('\n').map((line) => ({
    depth: Math.max(0, Math.floor((line.length - line.trimStart().length) / INDENT) - 1),
    lexemes: line.match(LEXEME) ?? [],
  }));
}

/**
 * Cognitive complexity: `if`, `for`, `while` and a conditional expression cost 1 and 1 more for every block
 * around them, `elif` and `else` cost 1, a run of equal `and` or `or` costs 1.
 */
export function cognitiveComplexity(program: string): number {
  let cost = 0;
  for (const { depth, lexemes } of linesOf(program)) {
    let connective: string | null = null;
    for (const [i, lexeme] of lexemes.entries()) {
      const isNested = lexeme === 'if' || (i === 0 && (lexeme === 'for' || lexeme === 'while'));
      if (isNested) cost += 1 + depth;
      else if (i === 0 && (lexeme === 'elif' || lexeme === 'else')) cost += 1;
      else if (lexeme === 'and' || lexeme === 'or') {
        if (lexeme !== connective) cost += 1;
        connective = lexeme;
      }
    }
  }
  return cost;
}

/** Cyclomatic complexity (McCabe 1976): 1 plus every place where the way through the program can part. */
export function cyclomaticComplexity(program: string): number {
  const branches = new Set(['if', 'elif', 'for', 'while', 'and', 'or']);
  const lexemes = linesOf(program).flatMap((line) => line.lexemes);
  return 1 + lexemes.filter((lexeme) => branches.has(lexeme)).length;
}

/**
 * Halstead's volume N log₂ n and effort (n₁ / 2)(N₂ / n₂) · volume, with N lexemes of n kinds, of them n₁ kinds
 * of operators (keywords included) and N₂ operands (names and literals) of n₂ kinds.
 */
export function halstead(program: string): { volume: number; effort: number } {
  const operators: string[] = [];
  const operands: string[] = [];
  for (const { lexemes } of linesOf(program)) {
    for (const lexeme of lexemes) {
      if (SILENT.has(lexeme)) continue;
      const isOperand = /^[\w"']/.test(lexeme) && !KEYWORDS.has(lexeme);
      (isOperand ? operands : operators).push(lexeme);
    }
  }
  const kindsOfOperators = new Set(operators).size;
  const kindsOfOperands = new Set(operands).size;
  const kinds = kindsOfOperators + kindsOfOperands;
  if (kinds === 0) return { volume: 0, effort: 0 };
  const volume = (operators.length + operands.length) * Math.log2(kinds);
  const difficulty = kindsOfOperands === 0 ? 0 : (kindsOfOperators / 2) * (operands.length / kindsOfOperands);
  return { volume, effort: difficulty * volume };
}
