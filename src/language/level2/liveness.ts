/** Finds lines whose result nothing reads: they make a program longer, not richer. */
import type { Expression, Statement } from './syntax.ts';

/** True when some line assigns, or changes, a name whose value is never read afterwards. */
export function hasIdleLine(body: readonly Statement[]): boolean {
  const analysis = new Analysis();
  analysis.before(body, new Set());
  return analysis.foundIdle;
}

/** Backward liveness: which names are read before they are assigned again. */
class Analysis {
  foundIdle = false;

  /** Names whose value is read from the start of the statements on, when `after` are read behind them. */
  before(statements: readonly Statement[], after: ReadonlySet<string>): Set<string> {
    let live = new Set(after);
    for (const statement of [...statements].reverse()) live = this.beforeOne(statement, live);
    return live;
  }

  private beforeOne(s: Statement, after: Set<string>): Set<string> {
    switch (s.kind) {
      case 'return':
        return new Set(namesIn(s.value));
      case 'assign': {
        this.check(s.name, after);
        const live = new Set(after);
        live.delete(s.name);
        return union(live, namesIn(s.value));
      }
      case 'add':
      case 'append':
        this.check(s.name, after);
        return union(after, namesIn(s.value));
      case 'if':
        return union(this.before(s.body, after), this.before(s.orElse, after), namesIn(s.condition));
      case 'count':
      case 'each': {
        // What one pass leaves behind, the next may read.
        const once = new Analysis().before(s.body, after);
        const live = union(after, this.before(s.body, union(after, once)));
        live.delete(s.name);
        return union(live, namesIn(s.kind === 'count' ? s.count : s.of));
      }
    }
  }

  private check(name: string, live: ReadonlySet<string>): void {
    if (!live.has(name)) this.foundIdle = true;
  }
}

function union(...sets: readonly Iterable<string>[]): Set<string> {
  return new Set(sets.flatMap((names) => [...names]));
}

/** Names that an expression reads. */
function namesIn(e: Expression | null): string[] {
  if (e === null) return [];
  switch (e.kind) {
    case 'constant':
      return [];
    case 'name':
      return [e.name];
    case 'display':
      return e.items.flatMap(namesIn);
    case 'call':
      return e.arguments.flatMap(namesIn);
    case 'method':
      return [...namesIn(e.of), ...e.arguments.flatMap(namesIn)];
    case 'binary':
    case 'join':
    case 'compare':
      return [...namesIn(e.left), ...namesIn(e.right)];
    case 'repeat':
      return [...namesIn(e.of), ...namesIn(e.times)];
    case 'index':
      return [...namesIn(e.of), ...namesIn(e.at)];
    case 'slice':
      return [...namesIn(e.of), ...namesIn(e.from), ...namesIn(e.to)];
    case 'reverse':
      return namesIn(e.of);
  }
}
