/** Reads the text of a program of level 1 that somebody else wrote, so that the interpreter can think it through. */
import { sourceOf } from '../grammar.ts';
import type { Comparison, Condition, Expression, Operator, Statement } from '../syntax.ts';

const TOKEN = /\s*(?:(\d+)|([a-z]\w*)|(\/\/|<=|>=|==|!=|[-+*%<>(),]))/y;
const COMPARISONS: readonly string[] = ['<', '>', '<=', '>=', '==', '!='] satisfies Comparison[];
const SUMS: readonly string[] = ['+', '-'] satisfies Operator[];
const PRODUCTS: readonly string[] = ['*', '//', '%'] satisfies Operator[];
const INDENT = '    ';

/** What is not of level 1. */
class Foreign extends Error {}

/** The body of a program, or null where the grammar would not have written it letter by letter as it stands. */
export function readBody(source: string): Statement[] | null {
  try {
    const lines = source.split('\n');
    const reader = new BlockReader(lines);
    const body = reader.block(INDENT);
    return reader.isAtEnd && sourceOf(body) === source ? body : null;
  } catch (error) {
    if (error instanceof Foreign) return null;
    throw error;
  }
}

class BlockReader {
  private at = 1;

  constructor(private readonly lines: readonly string[]) {}

  get isAtEnd(): boolean {
    return this.at === this.lines.length;
  }

  block(indent: string): Statement[] {
    const statements: Statement[] = [];
    for (let text = this.next(indent); text !== null && text !== 'else:'; text = this.next(indent)) {
      statements.push(this.statement(text, indent));
    }
    if (statements.length === 0) throw new Foreign();
    return statements;
  }

  /** The line in hand without its indentation, null where it belongs to another block. */
  private next(indent: string): string | null {
    const line = this.lines[this.at];
    return line?.startsWith(indent) && line[indent.length] !== ' ' ? line.slice(indent.length) : null;
  }

  private statement(text: string, indent: string): Statement {
    const line = this.at++;
    const loop = /^for i in range\((\d+)\):$/.exec(text);
    if (loop) return { kind: 'for', line, count: Number(loop[1]), body: this.block(indent + INDENT) };
    const test = /^if (.*):$/.exec(text);
    if (test) {
      const condition = conditionOf(test[1] as string);
      const body = this.block(indent + INDENT);
      const hasElse = this.next(indent) === 'else:';
      const elseLine = hasElse ? this.at++ : 0;
      return {
        kind: 'if',
        line,
        condition,
        body,
        elseLine,
        orElse: hasElse ? this.block(indent + INDENT) : [],
      };
    }
    if (text.startsWith('return ')) {
      const reader = new ExpressionReader(text.slice('return '.length));
      const values = [reader.sum()];
      while (reader.take(',')) values.push(reader.sum());
      reader.end();
      return { kind: 'return', line, values };
    }
    const assignment = /^([a-z]\w*) = (.*)$/.exec(text);
    if (!assignment) throw new Foreign();
    const reader = new ExpressionReader(assignment[2] as string);
    const value = reader.sum();
    reader.end();
    return { kind: 'assign', line, name: assignment[1] as string, value };
  }
}

function conditionOf(text: string): Condition {
  const reader = new ExpressionReader(text);
  const left = reader.sum();
  const operator = reader.oneOf(COMPARISONS) as Comparison | null;
  if (operator === null) throw new Foreign();
  const right = reader.sum();
  reader.end();
  return { operator, left, right };
}

/** Recursive descent over one line. */
class ExpressionReader {
  private readonly tokens: string[] = [];
  private at = 0;

  constructor(text: string) {
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < text.length) {
      const match = TOKEN.exec(text);
      if (!match) throw new Foreign();
      this.tokens.push(match[0].trim());
    }
  }

  end(): void {
    if (this.at < this.tokens.length) throw new Foreign();
  }

  take(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at++;
    return true;
  }

  oneOf(tokens: readonly string[]): string | null {
    const token = this.tokens[this.at];
    if (token === undefined || !tokens.includes(token)) return null;
    this.at++;
    return token;
  }

  sum(): Expression {
    return this.chain(SUMS, () => this.chain(PRODUCTS, () => this.atom()));
  }

  private chain(operators: readonly string[], part: () => Expression): Expression {
    let left = part();
    for (;;) {
      const operator = this.oneOf(operators) as Operator | null;
      if (operator === null) return left;
      left = { kind: 'binary', operator, left, right: part() };
    }
  }

  private atom(): Expression {
    if (this.take('(')) return this.closed(this.sum());
    if (this.take('abs')) {
      if (!this.take('(')) throw new Foreign();
      return { kind: 'abs', argument: this.closed(this.sum()) };
    }
    const sign = this.take('-') ? -1 : 1;
    const token = this.tokens[this.at++];
    if (token !== undefined && /^\d/.test(token)) return { kind: 'constant', value: sign * Number(token) };
    if (token === undefined || !/^[a-z]/.test(token) || sign < 0) throw new Foreign();
    return { kind: 'name', name: token };
  }

  private closed(inside: Expression): Expression {
    if (!this.take(')')) throw new Foreign();
    return inside;
  }
}
