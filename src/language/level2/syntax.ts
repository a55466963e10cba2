/** Programs of level 2 as trees, and their Python source. */
import { PRECEDENCE } from '../grammar.ts';
import type { Operator } from '../syntax.ts';
import { textOf } from './values.ts';

export type Comparison = '<' | '>' | '<=' | '>=' | '==' | '!=' | 'in';
export type Builtin = 'abs' | 'len' | 'sum' | 'max' | 'min' | 'sorted';
export type Method = 'count' | 'replace' | 'upper';

export type Expression =
  /** An integer or a string. */
  | { kind: 'constant'; value: number | string }
  | { kind: 'name'; name: string }
  /** `[a, b]`; every evaluation makes a new list. */
  | { kind: 'display'; items: Expression[] }
  | { kind: 'call'; name: Builtin; arguments: Expression[] }
  | { kind: 'method'; of: Expression; name: Method; arguments: Expression[] }
  /** Arithmetic, of integers alone. */
  | { kind: 'binary'; operator: Operator; left: Expression; right: Expression }
  /** `left + right` of two lists or two strings. */
  | { kind: 'join'; left: Expression; right: Expression }
  /** `of * times` of a list or string. */
  | { kind: 'repeat'; of: Expression; times: Expression }
  | { kind: 'compare'; operator: Comparison; left: Expression; right: Expression }
  | { kind: 'index'; of: Expression; at: Expression }
  /** `[from:to]`. */
  | { kind: 'slice'; of: Expression; from: Expression | null; to: Expression | null }
  /** `[::-1]`. */
  | { kind: 'reverse'; of: Expression };

/** `line` is the label of the statement's line: the line after `def` is 1. */
export type Statement =
  | { kind: 'assign'; line: number; name: string; value: Expression }
  /** `name += value`. */
  | { kind: 'add'; line: number; name: string; value: Expression }
  | { kind: 'append'; line: number; name: string; value: Expression }
  | {
      kind: 'if';
      line: number;
      condition: Expression;
      body: Statement[];
      elseLine: number;
      orElse: Statement[];
    }
  /** `for name in range(count)`. */
  | { kind: 'count'; line: number; name: string; count: Expression; body: Statement[] }
  /** `for name in of`. */
  | { kind: 'each'; line: number; name: string; of: Expression; body: Statement[] }
  | { kind: 'return'; line: number; value: Expression };

export const constant = (value: number | string): Expression => ({ kind: 'constant', value });
export const nameOf = (name: string): Expression => ({ kind: 'name', name });

/** Python source of a body; one level of indentation is four spaces. */
export function sourceOf(body: readonly Statement[]): string {
  return ['def f(x):', ...linesOf(body, '    ')].join('\n');
}

function linesOf(statements: readonly Statement[], indent: string): string[] {
  return statements.flatMap((statement) => statementLines(statement, indent));
}

function statementLines(s: Statement, indent: string): string[] {
  const inner = `${indent}    `;
  switch (s.kind) {
    case 'assign':
      return [`${indent}${s.name} = ${textOfExpression(s.value)}`];
    case 'add':
      return [`${indent}${s.name} += ${textOfExpression(s.value)}`];
    case 'append':
      return [`${indent}${s.name}.append(${textOfExpression(s.value)})`];
    case 'return':
      return [`${indent}return ${textOfExpression(s.value)}`];
    case 'count':
      return [`${indent}for ${s.name} in range(${textOfExpression(s.count)}):`, ...linesOf(s.body, inner)];
    case 'each':
      return [`${indent}for ${s.name} in ${textOfExpression(s.of)}:`, ...linesOf(s.body, inner)];
    case 'if': {
      const lines = [`${indent}if ${textOfExpression(s.condition)}:`, ...linesOf(s.body, inner)];
      return s.orElse.length === 0 ? lines : [...lines, `${indent}else:`, ...linesOf(s.orElse, inner)];
    }
  }
}

/** How tightly an expression holds together: comparisons 0, then the operators' precedence, then the rest. */
function tightness(e: Expression): number {
  if (e.kind === 'compare') return 0;
  if (e.kind === 'join') return PRECEDENCE['+'];
  if (e.kind === 'repeat') return PRECEDENCE['*'];
  return e.kind === 'binary' ? PRECEDENCE[e.operator] : 3;
}

function textOfExpression(e: Expression): string {
  const wrapped = (part: Expression, least: number) =>
    tightness(part) < least ? `(${textOfExpression(part)})` : textOfExpression(part);
  const list = (items: readonly Expression[]) => items.map(textOfExpression).join(', ');
  switch (e.kind) {
    case 'constant':
      return textOf(e.value);
    case 'name':
      return e.name;
    case 'display':
      return `[${list(e.items)}]`;
    case 'call':
      return `${e.name}(${list(e.arguments)})`;
    case 'method':
      return `${wrapped(e.of, 3)}.${e.name}(${list(e.arguments)})`;
    case 'binary': {
      const level = PRECEDENCE[e.operator];
      return `${wrapped(e.left, level)} ${e.operator} ${wrapped(e.right, level + 1)}`;
    }
    case 'join':
      return `${wrapped(e.left, 1)} + ${wrapped(e.right, 2)}`;
    case 'repeat':
      return `${wrapped(e.of, 2)} * ${wrapped(e.times, 3)}`;
    case 'compare':
      return `${wrapped(e.left, 1)} ${e.operator} ${wrapped(e.right, 1)}`;
    case 'index':
      return `${wrapped(e.of, 3)}[${textOfExpression(e.at)}]`;
    case 'slice':
      return `${wrapped(e.of, 3)}${sliceText(e, textOfExpression)}`;
    case 'reverse':
      return `${wrapped(e.of, 3)}[::-1]`;
  }
}

/** `[from:to]` with its bounds written by `text`. */
export function sliceText<B>(slice: { from: B | null; to: B | null }, text: (bound: B) => string): string {
  const { from, to } = slice;
  return `[${from === null ? '' : text(from)}:${to === null ? '' : text(to)}]`;
}
