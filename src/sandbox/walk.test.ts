/**
 * Nothing in a program is out of sight: for every field of Python's syntax tree that may hold code, a program that
 * hides something forbidden there is refused, and where there is no allow-list its attributes are guarded there too.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { loadPyodide } from 'pyodide';
import { expect, test } from 'vitest';

/** For each field that may hold code: what the walks make of something hidden in it. */
const ENUMERATE = `
import ast, json, sys, types, typing
sys.path.insert(0, '/kelvin')
import verifier
from allowed import Refused
from calls import configure
from instrument import Instrument
from modes import MODES

CODE = (ast.expr, ast.stmt, ast.pattern, ast.type_param, ast.arguments, ast.arg, ast.keyword, ast.comprehension,
    ast.excepthandler, ast.match_case, ast.withitem)
TYPES = {ast.expr: ast.Name, ast.stmt: ast.Expr, ast.pattern: ast.MatchValue, ast.type_param: ast.TypeVar,
    ast.excepthandler: ast.ExceptHandler}
PLACE = dict(lineno=1, col_offset=0)

def kinds(annotation):
    """The node class that a field holds, and whether it holds many, or one that may be absent."""
    many = typing.get_origin(annotation) is list
    parts = typing.get_args(annotation) or (annotation,)
    found = [part for part in parts if isinstance(part, type) and issubclass(part, ast.AST)]
    return (found[0] if found else None), many, type(None) in parts

def plain(kind):
    """A node that hides nothing."""
    if kind is ast.expr or kind is ast.Name:
        return ast.Name('x', ast.Load(), **PLACE)
    if issubclass(kind, ast.expr_context):
        return ast.Load()
    kind = TYPES.get(kind) or ({ast.operator: ast.Add, ast.unaryop: ast.Not, ast.boolop: ast.And, ast.cmpop: ast.Eq}.get(kind)) or kind
    return made(kind)

def made(kind, **given):
    values = {}
    for field, annotation in kind._field_types.items():
        if field in given:
            values[field] = given[field]
            continue
        node, many, absent = kinds(annotation)
        if node is None:
            values[field] = [] if many else 'x' if annotation in (str,) else 0 if annotation is int else None
        elif many:
            # Lists that go in pairs, and those that may not be empty.
            values[field] = [plain(node)] if field in ('ops', 'comparators', 'generators', 'values', 'keys', 'targets', 'body') else []
        else:
            values[field] = None if absent else plain(node)
    if kind is ast.Constant:
        values['value'] = 1
    if kind is ast.FormattedValue or kind is ast.Interpolation:
        values['conversion'] = -1
    if kind is ast.JoinedStr or kind is ast.TemplateStr:
        values.setdefault('values', [])
    return kind(**values, **(PLACE if 'lineno' in kind._attributes else {}))

def hiding(kind, secret):
    """A node of the kind that a field asks for, with the secret somewhere in it."""
    if kind is ast.expr:
        return secret()
    if kind is ast.stmt:
        return ast.Expr(secret(), **PLACE)
    if kind is ast.arguments:
        return made(ast.arguments, args=[ast.arg('x', secret(), **PLACE)])
    kind = TYPES.get(kind, kind)
    for field, annotation in kind._field_types.items():
        node, many, _ = kinds(annotation)
        if node is not None and issubclass(node, CODE):
            inner = hiding(node, secret)
            return made(kind, **{field: [inner] if many else inner})

def hidden(kind, field, secret):
    node, many, _ = kinds(kind._field_types[field])
    inner = hiding(node, secret)
    whole = made(kind, **{field: [inner] if many else inner})
    # Around it whatever makes it part of a program.
    if isinstance(whole, ast.expr):
        return ast.Expr(whole, **PLACE)
    if isinstance(whole, ast.stmt):
        return whole
    if isinstance(whole, ast.pattern):
        return made(ast.Match, cases=[made(ast.match_case, pattern=whole)])
    holder = {
        ast.arguments: lambda: made(ast.FunctionDef, args=whole),
        ast.arg: lambda: made(ast.FunctionDef, args=made(ast.arguments, args=[whole])),
        ast.keyword: lambda: ast.Expr(made(ast.Call, keywords=[whole]), **PLACE),
        ast.comprehension: lambda: ast.Expr(made(ast.ListComp, generators=[whole]), **PLACE),
        ast.ExceptHandler: lambda: made(ast.Try, handlers=[whole]),
        ast.match_case: lambda: made(ast.Match, cases=[whole]),
        ast.withitem: lambda: made(ast.With, items=[whole]),
    }
    if isinstance(whole, ast.type_param):
        return made(ast.FunctionDef, type_params=[whole])
    return holder[kind]()

fields = []
for kind in sorted((k for k in vars(ast).values() if isinstance(k, type) and issubclass(k, CODE)), key=lambda k: k.__name__):
    for field, annotation in getattr(kind, '_field_types', {}).items():
        node, _, _ = kinds(annotation)
        if node is not None and issubclass(node, CODE) and kind not in (*TYPES, ast.expr):
            fields.append((kind, field))
fields += [(ast.ExceptHandler, f) for f in ('type', 'body') if (ast.ExceptHandler, f) not in fields]

def name():
    return ast.Name('open', ast.Load(), **PLACE)

def attribute():
    return ast.Attribute(ast.Name('x', ast.Load(), **PLACE), '__globals__', ast.Load(), **PLACE)

def said(mode, kind, field, secret):
    tree = ast.Module([hidden(kind, field, secret)], [])
    try:
        Instrument(MODES[mode]).run(tree)
    except Refused:
        return 'refused'
    bare = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == '__globals__'
        and not is_guarded(node.value)]
    if any(isinstance(node, ast.Name) and node.id == 'open' for node in ast.walk(tree)):
        return 'unseen'
    return 'bare' if bare else 'guarded'

def is_guarded(node):
    while isinstance(node, ast.Call) and node.func.id == '@use':
        node = node.args[0]
    return isinstance(node, ast.Call) and node.func.id == '@visible'

rows = []
for kind, field in fields:
    row = [f'{kind.__name__}.{field}']
    for mode in ('strict', 'suite'):
        row += [said(mode, kind, field, name), said(mode, kind, field, attribute)]
    for mode in ('stdlib', 'unfiltered'):
        configure(MODES[mode].attributes)
        row.append(said(mode, kind, field, attribute))
    configure(None)
    rows.append(row)
json.dumps(rows)
`;

test('every field of the syntax tree that may hold code is walked or refused', async () => {
  const python = await loadPyodide();
  python.FS.mkdirTree('/kelvin');
  const folder = new URL('./python/', import.meta.url);
  for (const name of readdirSync(folder)) {
    if (name.endsWith('.py'))
      python.FS.writeFile(`/kelvin/${name}`, readFileSync(new URL(name, folder), 'utf8'));
  }
  const rows = JSON.parse(python.runPython(ENUMERATE) as string) as string[][];
  const names = rows.map(([name]) => name);
  // Those that this rule was made for, and as many as Python has.
  for (const name of [
    'FunctionDef.returns',
    'arg.annotation',
    'AnnAssign.annotation',
    'FunctionDef.decorator_list',
    'arguments.kw_defaults',
    'ClassDef.body',
    'JoinedStr.values',
    'FormattedValue.format_spec',
    'match_case.guard',
    'NamedExpr.value',
    'Assert.msg',
    'TypeVar.bound',
    'comprehension.ifs',
    'keyword.value',
    'MatchMapping.keys',
    'ExceptHandler.type',
    'Interpolation.value',
  ])
    expect(names).toContain(name);
  expect(rows.length).toBeGreaterThan(130);
  const wrong = rows.filter(([, ...said]) => {
    const [a, b, c, d, ...others] = said;
    return [a, b, c, d].some((each) => each !== 'refused') || others.some((each) => each !== 'guarded');
  });
  expect(wrong).toEqual([]);
});
