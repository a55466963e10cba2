/** Recognises Python expressions, as far as they could stand in the place of a literal. Nothing is evaluated. */

/** What an expression is made of besides literals. */
export interface Expression {
  operators: number;
  comparisons: number;
  calls: number;
  /** Names read, called and attributes. */
  names: string[];
}

const TOKEN =
  /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)|('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")|([A-Za-z_]\w*)|(\*\*|\/\/|<<|>>|==|!=|<=|>=|[-+*/%&|^~<>()[\]{}.,:]))/y;
const ARITHMETIC = new Set(['+', '-', '*', '/', '//', '%', '**', '<<', '>>', '&', '|', '^']);
const COMPARISONS = new Set(['==', '!=', '<', '>', '<=', '>=', 'in', 'is', 'and', 'or']);
const CONSTANTS = new Set(['True', 'False', 'None']);
const KEYWORDS = new Set(['if', 'else', 'for', 'not', 'lambda', 'def', 'return', 'import', 'class', 'while']);
const MOST_TOKENS = 400;

interface Token {
  is: 'literal' | 'name' | 'symbol';
  text: string;
}

/** The expression (or several, separated by commas) that a text is, or null when it is none. */
export function readExpression(text: string): Expression | null {
  const tokens = tokenize(text);
  if (!tokens || tokens.length === 0 || tokens.length > MOST_TOKENS) return null;
  const reader = new Reader(tokens);
  return reader.list(null) && reader.isAtEnd ? reader.found : null;
}

function tokenize(text: string): Token[] | null {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const match = TOKEN.exec(text);
    if (!match) return null;
    const [, number, string, name, symbol] = match;
    if (name !== undefined) {
      // Texts like `2x` and `'a'b` are no Python.
      const before = text[TOKEN.lastIndex - name.length - 1];
      if (before && /[\d'"]/.test(before)) return null;
      tokens.push({ is: CONSTANTS.has(name) ? 'literal' : 'name', text: name });
    } else if (symbol !== undefined) tokens.push({ is: 'symbol', text: symbol });
    else tokens.push({ is: 'literal', text: (number ?? string) as string });
  }
  return tokens;
}

/** Recursive descent; every method consumes what it reads and says whether it could. */
class Reader {
  private at = 0;
  readonly found: Expression = { operators: 0, comparisons: 0, calls: 0, names: [] };
  constructor(private readonly tokens: readonly Token[]) {}

  get isAtEnd(): boolean {
    return this.at === this.tokens.length;
  }

  /** Expressions separated by commas, up to `close` (consumed) or, when it is null, the end; none is allowed. */
  list(close: string | null): boolean {
    while (!this.isClosed(close)) {
      if (!this.expression()) return false;
      // A colon belongs to a dict or a slice.
      if (close !== null && close !== ')' && this.take(':') && !this.isNext(close) && !this.expression()) {
        return false;
      }
      if (this.take(',')) continue;
      return this.isClosed(close);
    }
    return true;
  }

  private isClosed(close: string | null): boolean {
    return close === null ? this.isAtEnd : this.take(close);
  }

  private expression(): boolean {
    if (!this.operand()) return false;
    for (;;) {
      const next = this.tokens[this.at]?.text;
      if (next === undefined) return true;
      if (next === 'not' && this.tokens[this.at + 1]?.text === 'in') this.at++;
      const operator = this.tokens[this.at]?.text as string;
      if (ARITHMETIC.has(operator)) this.found.operators++;
      else if (COMPARISONS.has(operator)) this.found.comparisons++;
      else return true;
      this.at++;
      if (!this.operand()) return false;
    }
  }

  private operand(): boolean {
    while (this.take('-') || this.take('+') || this.take('~') || this.take('not'));
    const token = this.tokens[this.at++];
    if (!token) return false;
    // Python would read `3(4)` and then fail: whoever writes it means nothing.
    let isCallable = token.is === 'name';
    if (token.is === 'name') {
      if (KEYWORDS.has(token.text) || COMPARISONS.has(token.text)) return false;
      this.found.names.push(token.text);
    } else if (token.is === 'symbol') {
      const close = { '(': ')', '[': ']', '{': '}' }[token.text];
      if (!close || !this.list(close)) return false;
    }
    const isNumber = token.is === 'literal' && !/^['"]/.test(token.text);
    for (;;) {
      if (this.isNext('(') && !isCallable) return false;
      if (this.isNext('[') && isNumber) return false;
      if (this.take('(')) {
        this.found.calls++;
        if (!this.list(')')) return false;
      } else if (this.take('[')) {
        this.found.operators++;
        if (!this.list(']')) return false;
      } else if (this.take('.')) {
        const name = this.tokens[this.at++];
        if (name?.is !== 'name') return false;
        this.found.names.push(name.text);
        isCallable = true;
      } else return true;
    }
  }

  private isNext(symbol: string): boolean {
    return this.tokens[this.at]?.text === symbol;
  }

  private take(symbol: string): boolean {
    if (!this.isNext(symbol)) return false;
    this.at++;
    return true;
  }
}
