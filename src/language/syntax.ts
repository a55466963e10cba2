/** The syntax of level 1: expressions of integers, assignments, `if`/`else`, bounded `for`, `return`. */

export type Operator = '+' | '-' | '*' | '//' | '%';
export type Comparison = '<' | '>' | '<=' | '>=' | '==' | '!=';

export type Expression =
  | { kind: 'constant'; value: number }
  | { kind: 'name'; name: string }
  | { kind: 'abs'; argument: Expression }
  | { kind: 'binary'; operator: Operator; left: Expression; right: Expression };

export interface Condition {
  operator: Comparison;
  left: Expression;
  right: Expression;
}

/** `line` is the label of the statement's line: the line after `def` is 1. */
export type Statement =
  | { kind: 'assign'; line: number; name: string; value: Expression }
  | {
      kind: 'if';
      line: number;
      condition: Condition;
      body: Statement[];
      elseLine: number;
      orElse: Statement[];
    }
  | { kind: 'for'; line: number; count: number; body: Statement[] }
  /** One to three values: a single small integer could be guessed. */
  | { kind: 'return'; line: number; values: Expression[] };

export interface GeneratedProgram {
  source: string;
  body: Statement[];
  tier: number;
  /** Results on the probe inputs, as self-play computes them from the sandbox's. */
  fingerprint: string;
}
