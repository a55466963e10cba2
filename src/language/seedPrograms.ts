/** The programs that a run begins with unless the user brings others. */

export interface SeedProgram {
  /** What the function is called where people read it. */
  name: string;
  /** The program as it is planted: every program of the lab is one function `f`. */
  program: string;
  /** An input that it accepts. */
  input: string;
}

/** By the choice of the hyper-parameter; null where a run begins from nothing. The paper begins with the identity. */
export const SEED_PROGRAMS = {
  hello: { name: 'hello', program: 'def f():\n    return "hello world"', input: '' },
  identity: { name: 'f', program: 'def f(x):\n    return x', input: '5' },
  none: null,
} as const satisfies Record<string, SeedProgram | null>;

/** The program as people read it, under its own name. */
export function shownSeed({ name, program }: SeedProgram): string {
  return program.replace(/^def f\b/, `def ${name}`);
}
