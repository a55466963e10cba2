/** What somebody typed, read as seed programs by the Python that judges them. Nothing of it is run. */
import type { Sandbox } from './sandbox.ts';

/** One function of the text. */
export interface SeedFunction {
  /** As the text calls it. */
  name: string;
  /**
   * The function under the name `f`, as the lab takes it: without docstring, remarks and annotations, four spaces a
   * level, printable ASCII, with the functions it calls inside it.
   */
  program: string;
  /** The same under its own name; read again, it gives this function alone. */
  text: string;
}

export type SeedReading =
  /** At least one, in the order of the text. */
  | { ok: true; functions: SeedFunction[] }
  /** `detail` is a plain sentence; `line` counts from 1, and is absent where no line is to blame. */
  | { ok: false; detail: string; line?: number };

/**
 * Reads a text as seed programs: functions of any name, indented by spaces or tabs, on one line or many. Takes 64,000
 * characters at most. Rejects only when the sandbox itself does.
 */
export async function readSeeds(sandbox: Pick<Sandbox, 'run'>, source: string): Promise<SeedReading> {
  const [result] = await sandbox.run([{ program: source, inputs: [''], runs: 0, reads: 'seeds' }]);
  const outcome = result?.outcomes[0];
  const reading = outcome?.ok ? parse(outcome.output) : null;
  return reading ?? { ok: false, detail: 'Python could not read this text.' };
}

/** Null when the text is not what seeds.py writes. */
function parse(text: string): SeedReading | null {
  let wire: { ok?: unknown; functions?: unknown; detail?: unknown; line?: unknown };
  try {
    wire = JSON.parse(text);
  } catch {
    return null;
  }
  if (wire?.ok === true) return isFunctions(wire.functions) ? { ok: true, functions: wire.functions } : null;
  if (typeof wire?.detail !== 'string') return null;
  return { ok: false, detail: wire.detail, ...(typeof wire.line === 'number' ? { line: wire.line } : {}) };
}

function isFunctions(value: unknown): value is SeedFunction[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((each) => [each?.name, each?.program, each?.text].every((part) => typeof part === 'string'))
  );
}
