/** The layouts of a suite: one line of JSONL becomes cases, and sentences about what could not be read. */

export interface Case {
  /** From 1. */
  line: number;
  id: string | null;
  /** Which case of its line this is, from 1; null when the line has only one. */
  number: number | null;
  code: string;
  /** Name of the function to call. */
  entry: string;
  input: string;
  expected: string;
}

/** Something that should have been a case, or several. */
interface Problem {
  line: number;
  id: string | null;
  problem: string;
  /** Cases lost by it. */
  cases: number;
}

export type Item = Case | Problem;

export function isCase(item: Item): item is Case {
  return 'code' in item;
}

type Fields = Record<string, unknown>;

const CODES = ['code', 'program'];
const IDS = ['id', 'task_id', 'question_id'];
const ENTRIES = ['entry_point', 'function_name', 'fn_name'];
const PAIRS = [
  ['input', 'output'],
  ['inputs', 'outputs'],
] as const;
const LISTS = ['tests', 'test_cases', 'cases'];

/** Cases and problems of a line, in its order; none for an empty line. */
export function readLine(text: string, line: number): Item[] {
  if (text.trim() === '') return [];
  let fields: unknown;
  try {
    fields = JSON.parse(text);
  } catch {
    return [{ line, id: null, problem: 'not JSON', cases: 1 }];
  }
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
    return [{ line, id: null, problem: 'not a JSON object', cases: 1 }];
  }
  return readFields(fields as Fields, line);
}

function readFields(fields: Fields, line: number): Item[] {
  const id = idOf(fields);
  const found = findCases(fields);
  const lost = (problem: string, cases: number): Problem => ({ line, id, problem, cases });
  const code = CODES.map((name) => fields[name]).find((value) => value !== undefined);
  const total = found.reduce((sum, { cases }) => sum + cases, 0);
  if (typeof code !== 'string') {
    return [lost(code === undefined ? 'no field "code"' : '"code" is not a string', Math.max(total, 1))];
  }
  if (found.length === 0) return [lost('no fields "input" and "output", and no list of test cases', 1)];
  const entry = entryOf(fields, code);
  return found.map((item, i) =>
    item.problem !== null
      ? lost(item.problem, item.cases)
      : { line, id, number: found.length > 1 ? i + 1 : null, code, entry, ...item.pair },
  );
}

type Found =
  | { problem: null; cases: 1; pair: { input: string; expected: string } }
  | { problem: string; cases: number };

/** Every input with its output, from all the fields that may hold some. */
function findCases(fields: Fields): Found[] {
  const found: Found[] = [];
  for (const [input, output] of PAIRS) {
    if (fields[input] !== undefined || fields[output] !== undefined)
      found.push(...zip(fields, input, output));
  }
  for (const name of LISTS) {
    const list = fields[name];
    if (Array.isArray(list)) found.push(...list.map((item, i) => readCase(item, `${name}[${i}]`)));
    // A field of that name beside input and output may be anything.
    else if (list !== undefined && found.length === 0) found.push(problem(`"${name}" is not a list`));
  }
  return found;
}

function zip(fields: Fields, inputName: string, outputName: string): Found[] {
  const inputs = fields[inputName];
  const outputs = fields[outputName];
  if (!Array.isArray(inputs) && !Array.isArray(outputs))
    return [pair(inputs, outputs, inputName, outputName)];
  if (!Array.isArray(inputs) || !Array.isArray(outputs)) {
    const list = Array.isArray(inputs) ? inputs : (outputs as unknown[]);
    return [problem(`only one of "${inputName}" and "${outputName}" is a list`, Math.max(list.length, 1))];
  }
  if (inputs.length !== outputs.length) {
    const lengths = `${inputs.length} in "${inputName}", ${outputs.length} in "${outputName}"`;
    return [problem(`lists of different lengths: ${lengths}`, Math.max(inputs.length, outputs.length))];
  }
  if (inputs.length === 0) return [problem(`"${inputName}" is empty`)];
  return inputs.map((input, i) => pair(input, outputs[i], `${inputName}[${i}]`, `${outputName}[${i}]`));
}

/** One of a list of cases: `{input, output}` or `[input, output]`. */
function readCase(item: unknown, name: string): Found {
  if (Array.isArray(item) && item.length === 2) return pair(item[0], item[1], `${name}[0]`, `${name}[1]`);
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    return problem(`"${name}" is not an object with input and output`);
  }
  const { input, output } = item as Fields;
  return pair(input, output, `${name}.input`, `${name}.output`);
}

function pair(input: unknown, output: unknown, inputName: string, outputName: string): Found {
  if (input === undefined) return problem(`no field "${inputName}"`);
  if (output === undefined) return problem(`no field "${outputName}"`);
  if (typeof input !== 'string') return problem(`"${inputName}" is not a string of Python`);
  if (typeof output !== 'string') return problem(`"${outputName}" is not a string of Python`);
  return { problem: null, cases: 1, pair: { input, expected: output } };
}

function problem(text: string, cases = 1): Found {
  return { problem: text, cases };
}

function idOf(fields: Fields): string | null {
  const id = IDS.map((name) => fields[name]).find((value) => ['string', 'number'].includes(typeof value));
  return id === undefined ? null : String(id);
}

/** The function that the line names, else `f` where there is one, else the last at the top level. */
function entryOf(fields: Fields, code: string): string {
  const named = ENTRIES.map((name) => fields[name]).find(
    (value) => typeof value === 'string' && value !== '',
  );
  if (named !== undefined) return named as string;
  if (/^f\s*=/m.test(code)) return 'f';
  const defined = [...code.matchAll(/^def[ \t]+(\w+)/gm)].map((match) => match[1] as string);
  return defined.includes('f') ? 'f' : (defined.at(-1) ?? 'f');
}
