/** Programs over strings, lists and dicts, wilder than those of the tasks' grammar: for tests and the bench. */
import type { Random } from '../../src/random.ts';

/** Expressions over every kind of value, with operations that fail now and then. Two arguments: any value, a text. */
export class WildGrammar {
  constructor(private readonly random: Random) {}

  program(): string {
    const lines = Array.from({ length: this.random.integer(1, 4) }, () => this.statement(2));
    return `def f(x, s):\n    y, t = x, [x]\n    y = ${this.expression(2)}\n${lines.join('')}    return ${this.expression(3)}`;
  }

  private pick<T>(items: readonly T[]): T {
    return items[this.random.integer(0, items.length - 1)] as T;
  }

  private statement(depth: number, indent = '    '): string {
    const e = () => this.expression(2);
    const inner = () => this.statement(depth - 1, `${indent}    `);
    switch (depth > 0 ? this.random.integer(0, 8) : this.random.integer(0, 4)) {
      case 0:
        return `${indent}y = ${e()}\n`;
      case 1:
        return `${indent}t.append(${e()})\n`;
      case 2:
        return `${indent}y ${this.pick(['+', '-', '*', '%', '//', '|', '<<'])}= ${this.pick(['x', '2', '3', 's', '[x]'])}\n`;
      case 3:
        return `${indent}t[${this.pick(['0', '-1', 'x', '0:1', ':'])}] ${this.pick(['=', '+=', '*='])} ${this.pick(['x', '2', '[3]', 's'])}\n`;
      case 4:
        return `${indent}t ${this.pick(['+=', '*='])} ${this.pick(['[x]', '2', 's', '(1, 2)', 't'])}\n`;
      case 5:
        return `${indent}if ${e()}:\n${inner()}${indent}else:\n${inner()}`;
      case 6:
        return `${indent}for i in ${this.pick(['range(3)', 't[:3]', 's', '{1: 2}', 'enumerate(s)'])}:\n${inner()}${indent}    y = i\n`;
      case 7:
        return `${indent}try:\n${inner()}${indent}except ${this.pick(['TypeError', 'Exception', '(IndexError, KeyError)'])}:\n${inner()}`;
      default:
        return `${indent}while len(t) < 4:\n${inner()}${indent}    t = t + [len(t)]\n`;
    }
  }

  private expression(depth: number): string {
    const e = () => this.expression(depth - 1);
    switch (depth > 0 ? this.random.integer(0, 13) : this.random.integer(0, 1)) {
      case 0:
        return this.pick(['x', 's', 'y', 't', 't[0]', 'len(s)']);
      case 1:
        return this.pick([
          '0',
          '1',
          '-3',
          '2.5',
          'True',
          'None',
          "'ab'",
          "''",
          '[]',
          '(1, 2)',
          '{1: 2}',
          '1e20',
        ]);
      case 2:
      case 3:
        return `(${e()} ${this.pick(['+', '-', '*', '/', '//', '%', '**', '&', '^', '>>'])} ${this.pick(['2', 'x', 's', e()])})`;
      case 4:
        return `(${e()} ${this.pick(['==', '!=', '<', '>=', 'in', 'not in', 'and', 'or'])} ${e()})`;
      case 5:
        return `(${e()} if ${e()} else ${e()})`;
      case 6:
        return `${this.pick(['str', 'len', 'bool', 'list', 'tuple', 'sorted', 'repr', 'abs', 'sum', 'max', 'int'])}(${e()})`;
      case 7:
        return `s.${this.pick(['upper()', 'split("a")', 'replace("a", "bc")', 'find("b")', 'join(["1", s])', 'center(7, "*")', 'count("a")', 'zfill(5)', 'title()', 'strip("a")', 'partition("b")', 'isdigit()'])}`;
      case 8:
        return `[${e()} for i in ${this.pick(['range(2)', 's', 't'])}]`;
      case 9:
        return `{${this.pick(['i', 'str(i)', 'i % 2'])}: ${e()} for i in range(3)}`;
      case 10:
        // A slice of what may be a dict raises another error since Python 3.12, where slices can be hashed.
        return this.random.chance(0.5)
          ? `${this.pick(['s', '(1, 2, 3)'])}[${this.pick(['0', '-1', '::-1', '1:', ':x', 'x'])}]`
          : `${e()}[${this.pick(['0', '-1', 'x'])}]`;
      case 11:
        return `f"{${this.pick(['x', 's', 'y', 't'])}${this.pick(['', '!r', ':>5'])}}-"`;
      case 12:
        return `(lambda z: ${e()})(${e()})`;
      default:
        return `"${this.pick(['%s', '%d', '%05.1f', '%r'])}" % ${this.pick(['x', '(x,)', 's'])}`;
    }
  }
}
