/**
 * Python literals: strict parser and canonical text. Inputs, outputs and answers are literals and are never
 * evaluated, so `0) or (True`, `4+4` and `__import__("os")` are format errors, not answers.
 */

export type Value =
  | { type: 'int'; value: bigint }
  | { type: 'float'; value: number }
  | { type: 'bool'; value: boolean }
  | { type: 'none' }
  | { type: 'str'; value: string }
  | { type: 'list'; items: Value[] }
  | { type: 'tuple'; items: Value[] }
  | { type: 'dict'; entries: [Value, Value][] };

export type Parsed<T> = { ok: true; value: T } | { ok: false; error: string };

const MAX_DEPTH = 20;
const MAX_DIGITS = 100;

class LiteralError extends Error {}

/** Parses one literal; surrounding spaces are allowed, anything else is an error with a readable reason. */
export function parseLiteral(text: string): Parsed<Value> {
  return guarded(text, (parser) => {
    const value = parser.value(0);
    parser.end();
    return value;
  });
}

/** Parses the text between the parentheses of a call: literals separated by commas, or nothing. */
export function parseArguments(text: string): Parsed<Value[]> {
  return guarded(text, (parser) => {
    const values: Value[] = [];
    parser.spaces();
    if (parser.atEnd()) return values;
    do values.push(parser.value(0));
    while (parser.take(','));
    parser.end();
    return values;
  });
}

/** Canonical text: exactly Python's `repr`, so equal texts mean equal type and value. */
export function canonical(value: Value): string {
  switch (value.type) {
    case 'int':
      return value.value.toString();
    case 'float':
      return floatRepr(value.value);
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'none':
      return 'None';
    case 'str':
      return stringRepr(value.value);
    case 'list':
      return `[${value.items.map(canonical).join(', ')}]`;
    case 'tuple':
      return value.items.length === 1
        ? `(${canonical(value.items[0] as Value)},)`
        : `(${value.items.map(canonical).join(', ')})`;
    case 'dict':
      return `{${value.entries.map(([k, v]) => `${canonical(k)}: ${canonical(v)}`).join(', ')}}`;
  }
}

/** Canonical text of a literal's text, or null when it is not a literal. */
export function canonicalText(text: string): string | null {
  const parsed = parseLiteral(text);
  return parsed.ok ? canonical(parsed.value) : null;
}

function guarded<T>(text: string, read: (parser: LiteralParser) => T): Parsed<T> {
  // Python reads no source with half a character in it.
  if (/\p{Cs}/u.test(text)) return { ok: false, error: 'half of a surrogate pair' };
  try {
    return { ok: true, value: read(new LiteralParser(text)) };
  } catch (error) {
    if (error instanceof LiteralError) return { ok: false, error: error.message };
    throw error;
  }
}

class LiteralParser {
  private at = 0;
  constructor(private readonly text: string) {}

  atEnd(): boolean {
    return this.at >= this.text.length;
  }

  spaces(): void {
    while (this.text[this.at] === ' ') this.at++;
  }

  take(symbol: string): boolean {
    this.spaces();
    if (!this.text.startsWith(symbol, this.at)) return false;
    this.at += symbol.length;
    return true;
  }

  end(): void {
    this.spaces();
    if (!this.atEnd()) this.fail(`unexpected ${JSON.stringify(this.text.slice(this.at, this.at + 12))}`);
  }

  value(depth: number): Value {
    if (depth > MAX_DEPTH) this.fail(`nested deeper than ${MAX_DEPTH}`);
    this.spaces();
    const c = this.text[this.at];
    if (c === undefined) return this.fail('a literal is missing');
    if (c === '[') return { type: 'list', items: this.sequence(']', depth).items };
    if (c === '(') return this.tuple(depth);
    if (c === '{') return this.dict(depth);
    if (c === "'" || c === '"') return this.string(c);
    if (c === '-' || c === '.' || (c >= '0' && c <= '9')) return this.number();
    return this.word();
  }

  private word(): Value {
    const word = /^[A-Za-z_]\w*/.exec(this.text.slice(this.at))?.[0];
    const value: Value | undefined =
      word === 'True'
        ? { type: 'bool', value: true }
        : word === 'False'
          ? { type: 'bool', value: false }
          : word === 'None'
            ? { type: 'none' }
            : undefined;
    if (!value || !word)
      return this.fail(`${JSON.stringify(this.text.slice(this.at, this.at + 12))} is not a literal`);
    this.at += word.length;
    return value;
  }

  private number(): Value {
    const match = /^-?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][+-]?\d+)?/.exec(this.text.slice(this.at))?.[0];
    if (!match) return this.fail('a number is missing after the sign');
    const next = this.text[this.at + match.length];
    if (next !== undefined && /[\w.]/.test(next))
      return this.fail(`malformed number near ${JSON.stringify(match + next)}`);
    this.at += match.length;
    const digits = match.startsWith('-') ? match.slice(1) : match;
    if (/^\d+$/.test(digits)) {
      if (digits.length > MAX_DIGITS) return this.fail(`an integer of more than ${MAX_DIGITS} digits`);
      if (/^0\d*[1-9]/.test(digits)) return this.fail('leading zeros in an integer');
      return { type: 'int', value: BigInt(digits) * (match.startsWith('-') ? -1n : 1n) };
    }
    const value = Number(match);
    if (!Number.isFinite(value)) return this.fail('a float out of range');
    return { type: 'float', value };
  }

  private string(quote: string): Value {
    let value = '';
    this.at++;
    for (;;) {
      const c = this.text[this.at++];
      if (c === undefined || c === '\n' || c === '\r' || c === '\0')
        return this.fail('a string without its closing quote');
      if (c === quote) return { type: 'str', value };
      if (c !== '\\') {
        value += c;
        continue;
      }
      const letter = this.text[this.at++];
      const simple = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"' }[letter ?? ''];
      if (simple !== undefined) value += simple;
      else value += this.coded(letter);
    }
  }

  /** `\x41`, `\u2028`, `\U0001f600`: the character of that number. */
  private coded(letter: string | undefined): string {
    const length = { x: 2, u: 4, U: 8 }[letter ?? ''];
    const digits = length ? this.text.slice(this.at, this.at + length) : '';
    const code = Number.parseInt(digits, 16);
    if (digits.length !== length || !/^[0-9a-f]+$/i.test(digits) || code > 0x10ffff) {
      return this.fail(`an unsupported escape \\${letter ?? ''}`);
    }
    this.at += length;
    return String.fromCodePoint(code);
  }

  /** Items up to `close`; the opening bracket is the current character. */
  private sequence(close: string, depth: number): { items: Value[]; trailingComma: boolean } {
    this.at++;
    const items: Value[] = [];
    let trailingComma = false;
    while (!this.take(close)) {
      if (items.length > 0 && !trailingComma) return this.fail(`expected , or ${close}`);
      items.push(this.value(depth + 1));
      trailingComma = this.take(',');
    }
    return { items, trailingComma };
  }

  private tuple(depth: number): Value {
    const { items, trailingComma } = this.sequence(')', depth);
    // `(5)` is the integer 5 in Python; a one-tuple needs its comma.
    if (items.length === 1 && !trailingComma) return items[0] as Value;
    return { type: 'tuple', items };
  }

  private dict(depth: number): Value {
    this.at++;
    const entries: [Value, Value][] = [];
    const seen = new Set<string>();
    let comma = true;
    while (!this.take('}')) {
      if (!comma) return this.fail('expected , or }');
      const key = this.value(depth + 1);
      const identity = keyIdentity(key);
      if (identity === null) return this.fail('a dict key must be hashable (not a list or dict)');
      if (seen.has(identity)) return this.fail(`the dict key ${canonical(key)} appears twice`);
      seen.add(identity);
      if (!this.take(':')) return this.fail('expected : after a dict key');
      entries.push([key, this.value(depth + 1)]);
      comma = this.take(',');
    }
    return { type: 'dict', entries };
  }

  private fail(reason: string): never {
    throw new LiteralError(reason);
  }
}

/** Text under which Python would find the key (1, 1.0 and True are one key); null when unhashable. */
function keyIdentity(key: Value): string | null {
  switch (key.type) {
    case 'list':
    case 'dict':
      return null;
    case 'bool':
      return key.value ? '1' : '0';
    case 'float':
      return Number.isInteger(key.value) ? BigInt(key.value).toString() : floatRepr(key.value);
    case 'tuple': {
      const parts = key.items.map(keyIdentity);
      return parts.includes(null) ? null : `(${parts.join(',')})`;
    }
    default:
      return canonical(key);
  }
}

function floatRepr(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0.0';
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e16)) {
    const [mantissa, exponent] = value.toExponential().split('e') as [string, string];
    const sign = exponent.startsWith('-') ? '-' : '+';
    return `${mantissa}e${sign}${exponent.replace(/[+-]/, '').padStart(2, '0')}`;
  }
  // JavaScript switches to exponents only below 1e-6, so force plain digits in [1e-6, 1e-4).
  const text = String(value);
  return text.includes('.') ? text : `${text}.0`;
}

/** What Python's `str.isprintable` denies, but for the space. */
const UNPRINTABLE = /[\p{C}\p{Z}]/u;

function escaped(code: number): string {
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

function stringRepr(value: string): string {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  let out = quote;
  for (const c of value) {
    if (c === '\\' || c === quote) out += `\\${c}`;
    else if (c === '\n') out += '\\n';
    else if (c === '\t') out += '\\t';
    else if (c === '\r') out += '\\r';
    else if (c !== ' ' && UNPRINTABLE.test(c)) out += escaped(c.codePointAt(0) as number);
    else out += c;
  }
  return out + quote;
}

/** The integer of a text, or those of a tuple; null for anything else, and for what no number holds exactly. */
export function integersOf(text: string): number[] | null {
  const parsed = parseArguments(text);
  if (!parsed.ok || parsed.value.length !== 1) return null;
  const [value] = parsed.value;
  const items = value?.type === 'tuple' ? value.items : [value];
  const numbers = items.map((item) => (item?.type === 'int' ? Number(item.value) : Number.NaN));
  return numbers.every(Number.isSafeInteger) ? numbers : null;
}
