/** Finds what the page says in the code, without running it. */
import { parseSync } from 'vite';

interface Node {
  type: string;
  start: number;
  [field: string]: unknown;
}

/** A text and where it stands. */
export interface Found {
  text: string;
  file: string;
  line: number;
}

/** Functions whose first argument is said by the page. */
const SAYING = ['t', 'msg', 'said'];

/** What a room below the page says stands in fields of these names, or is thrown. */
const SAID_FIELDS = [
  'title',
  'label',
  'noun',
  'short',
  'text',
  'message',
  'remedy',
  'hint',
  'reason',
  'meaning',
  'more',
  'healthy',
  'otherwise',
  'formula',
  'sentence',
  'cure',
  'help',
  'about',
  'note',
  'question',
  'doesNotShow',
  'unit',
  'what',
  'group',
  'head',
  'mainText',
  'measure',
  'why',
  'detail',
];

/** Methods that are given what the page says, as a sentence or a caption. */
const TELLING = ['report', 'progress'];

/** Texts of a file of the page: arguments of `t`, `msg` and `inSense`, and `<Rich text="…">`. Throws on one that is not written out. */
export function textsOfPage(file: string, code: string): Found[] {
  const found: Found[] = [];
  walk(parse(file, code), (node) => {
    if (node.type === 'CallExpression' && SAYING.includes(String((node.callee as Node).name))) {
      const text = literal((node.arguments as Node[])[0]);
      if (text === null)
        throw new Error(
          `${place(file, code, node)}: what is said stands there in English; for a value of a table there is “again”.`,
        );
      found.push({ text, file, line: lineOf(code, node) });
    }
    if (node.type === 'CallExpression' && (node.callee as Node).name === 'inSense') {
      const [text, sense] = (node.arguments as Node[]).map(literal);
      if (text == null || sense == null)
        throw new Error(`${place(file, code, node)}: a word and its sense stand there in English.`);
      found.push({ text: `${text} [${sense}]`, file, line: lineOf(code, node) });
    }
    if (node.type === 'JSXOpeningElement' && (node.name as Node).name === 'Rich') {
      const given = (node.attributes as Node[]).find(
        (one) => (one.name as Node | undefined)?.name === 'text',
      );
      const value = given?.value as Node | undefined;
      const text = literal(value?.type === 'JSXExpressionContainer' ? (value.expression as Node) : value);
      if (text === null)
        throw new Error(`${place(file, code, node)}: the text of Rich stands there in English.`);
      found.push({ text, file, line: lineOf(code, node) });
    }
  });
  return found;
}

/**
 * What a file of a room below the page may say: patterns that are `said`, tables called `…_TEXT`, fields and constants with
 * a name of those above, errors, every whole sentence, and phrases that a function
 * returns or tells. Values become `{0}`, `{1}`.
 */
export function textsBelow(file: string, code: string): Found[] {
  const found: Found[] = [];
  const keep = (node: Node | undefined, isSaid: (text: string) => boolean = isProse) => {
    for (const text of sayings(node)
      .flatMap((text) => text.split('\n'))
      .filter(isSaid))
      found.push({ text, file, line: node ? lineOf(code, node) : 0 });
  };
  const isNamedSo = (name: unknown) => SAID_FIELDS.includes(String((name as Node).name));
  walk(parse(file, code), (node) => {
    if (node.type === 'CallExpression' && (node.callee as Node).name === 'said') {
      const text = literal((node.arguments as Node[])[0]);
      if (text === null) throw new Error(`${place(file, code, node)}: what is said stands there in English.`);
      found.push({ text, file, line: lineOf(code, node) });
    }
    if (node.type === 'VariableDeclarator' && /_TEXT$/.test(String((node.id as Node).name)))
      walk(node.init as Node, (one) => {
        if (one.type === 'Property') keep(one.value as Node);
      });
    if (node.type === 'Property' && isNamedSo(node.key)) keep(node.value as Node);
    if (node.type === 'VariableDeclarator' && isNamedSo(node.id)) keep(node.init as Node);
    if (node.type === 'ReturnStatement') keep(node.argument as Node | undefined, isPhrase);
    if (node.type === 'CallExpression' && TELLING.includes(calledName(node)))
      for (const argument of node.arguments as Node[]) keep(argument, isPhrase);
    if (node.type === 'NewExpression' && /Error$|^Refusal$/.test(String((node.callee as Node).name)))
      keep((node.arguments as Node[])[0]);
    if (node.type === 'Literal' || node.type === 'TemplateLiteral') keep(node, isSentence);
  });
  // What stands in a field is met again as a sentence.
  return found.filter(({ text }, at) => found.findIndex((one) => one.text === text) === at);
}

/** What a file in Python tells a reader: the first text of its `_Unfit`, and every `detail`. */
export function textsOfPython(file: string, code: string): Found[] {
  return [...code.matchAll(/(?:_Unfit\(|"detail": )f?"((?:[^"\\]|\\.)*)"/g)].map(
    ({ 1: text = '', index }) => {
      let place = 0;
      const line = code.slice(0, index).split('\n').length;
      return { text: text.replace(/\{[^}]*\}/g, () => `{${place++}}`), file, line };
    },
  );
}

/** More than places: words, and no colour. */
const isProse = (text: string) =>
  /\p{L}{2}/u.test(text.replace(/\{\w+\}/g, '')) && !text.startsWith('light-dark(');

const isSentence = (text: string) => isProse(text) && /^[\p{Lu}“{].* .*[.?!]$/u.test(text);

/** More than one word, which a value of the code is not. */
const isPhrase = (text: string) => /\p{L}{2}\S* +\S*\p{L}/u.test(text.replace(/\{\w+\}/g, ''));

/** `report` of `this.report(…)`. */
function calledName(node: Node): string {
  const callee = node.callee as Node;
  return String(((callee.property as Node | undefined) ?? callee).name);
}

/** The texts that an expression may come to. */
function sayings(node: Node | undefined | null): string[] {
  if (!node) return [];
  if (node.type === 'ConditionalExpression')
    return [...sayings(node.consequent as Node), ...sayings(node.alternate as Node)];
  // Chosen from a table that is written out there.
  if (node.type === 'MemberExpression' && (node.object as Node).type === 'ObjectExpression')
    return ((node.object as Node).properties as Node[]).flatMap(({ value }) => sayings(value as Node));
  const text = template(node);
  return text === null ? [] : [text];
}

function literal(node: Node | undefined): string | null {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral' && (node.expressions as Node[]).length === 0) return template(node);
  if (node?.type === 'BinaryExpression' && node.operator === '+') {
    const [left, right] = [literal(node.left as Node), literal(node.right as Node)];
    return left === null || right === null ? null : left + right;
  }
  return null;
}

function template(node: Node): string | null {
  if (node.type !== 'TemplateLiteral') return literal(node);
  const quasis = node.quasis as { value: { cooked: string } }[];
  return quasis.map(({ value }, index) => (index ? `{${index - 1}}` : '') + value.cooked).join('');
}

function parse(file: string, code: string): Node {
  const { program, errors } = parseSync(file, code);
  if (errors[0]) throw new Error(`${file}: ${errors[0].message}`);
  return program as unknown as Node;
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child === 'object' && child !== null && typeof (child as Node).type === 'string')
        walk(child as Node, visit);
    }
  }
}

const lineOf = (code: string, node: Node) => code.slice(0, node.start).split('\n').length;
const place = (file: string, code: string, node: Node) => `${file}:${lineOf(code, node)}`;
