/**
 * The texts of composites: two functions of one argument become one flat function, as the reasoner’s language has no calls,
 * one after the other or one as the alternative of the other. Whether it does what it should is for CPython to tell.
 */

/** A function of one argument whose only `return` is its last line. */
interface Plain {
  argument: string;
  /** Between `def` and `return`, indented. */
  lines: string[];
  result: string;
}

const STEP = '    ';

/**
 * The text of f(g(x)): the lines of `inner`, its first result bound to the argument of `outer`, the lines of `outer`. Null
 * unless both are a function of one argument whose only `return` is its last line. A name that `outer` leaves unset
 * on some path would find the value of `inner`; whether that happens is for a run to tell.
 */
export function composePrograms(outer: string, inner: string): string | null {
  const f = readPlain(outer);
  const g = readPlain(inner);
  if (!f || !g) return null;
  return textOf({
    argument: g.argument,
    lines: [...g.lines, ...bound(f.argument, g, STEP), ...f.lines],
    result: f.result,
  });
}

/**
 * The texts of `outer` with `inner` as an alternative: one for each `if` that assigns something and has no `else` yet. What it
 * assigned last gets the first result of `inner` there instead. None unless both are plain functions of the same argument.
 */
export function addAlternative(outer: string, inner: string): string[] {
  const f = readPlain(outer);
  const g = readPlain(inner);
  if (!f || !g || f.argument !== g.argument) return [];
  return f.lines.flatMap((line, at) => {
    if (!line.trimStart().startsWith('if ')) return [];
    const indent = indentOf(line);
    const end = endOfBlock(f.lines, at);
    if (f.lines[end] === `${indent}else:`) return [];
    const name = f.lines
      .slice(at + 1, end)
      .flatMap((inside) => /^ +(\w+) = /.exec(inside)?.[1] ?? [])
      .at(-1);
    if (!name) return [];
    const alternative = [...g.lines.map((own) => indent + own), ...bound(name, g, indent + STEP)];
    if (alternative.length === 0) return [];
    return textOf({
      ...f,
      lines: [...f.lines.slice(0, end), `${indent}else:`, ...alternative, ...f.lines.slice(end)],
    });
  });
}

/** The line that binds the first result of a function to a name; none where it has that name, as `x = x` says nothing. */
function bound(name: string, { result }: Plain, indent: string): string[] {
  const first = firstExpression(result);
  return first === name ? [] : [`${indent}${name} = ${first}`];
}

function textOf({ argument, lines, result }: Plain): string {
  return [`def f(${argument}):`, ...lines, `${STEP}return ${result}`].join('\n');
}

function readPlain(program: string): Plain | null {
  const [header = '', ...lines] = program.split('\n');
  const argument = /^def f\((\w+)\):$/.exec(header)?.[1];
  const result = /^ {4}return (\S.*)$/.exec(lines.pop() ?? '')?.[1];
  const isPlain = lines.every((line) => line.startsWith(STEP) && !/\breturn\b/.test(line));
  return argument && result && isPlain ? { argument, lines, result } : null;
}

/** The first of several returned expressions: a comma outside of brackets ends it. */
function firstExpression(result: string): string {
  let depth = 0;
  for (let i = 0; i < result.length; i++) {
    const c = result[i] as string;
    if ('([{'.includes(c)) depth++;
    else if (')]}'.includes(c)) depth--;
    else if (c === ',' && depth === 0) return result.slice(0, i);
  }
  return result;
}

/** Where the block ends that the statement in line `at` opens: the first line behind it that is not deeper. */
function endOfBlock(lines: readonly string[], at: number): number {
  const depth = indentOf(lines[at] as string).length;
  const end = lines.findIndex((line, i) => i > at && indentOf(line).length <= depth);
  return end < 0 ? lines.length : end;
}

function indentOf(line: string): string {
  return /^ */.exec(line)?.[0] ?? '';
}
