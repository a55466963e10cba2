/**
 * Vite's part of the sandbox: puts Pyodide's files beside the page in `pyodide/`, and turns the scripts of the
 * sandbox frame and its workers into text (`import script from './frame.ts?bundle'`), because a frame of opaque
 * origin can load nothing by address.
 */
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join } from 'node:path';
import { build, type Plugin, type Rollup } from 'vite';
import { PYODIDE_FILES } from './files.ts';

const SUFFIX = '?bundle';
const PYODIDE = dirname(createRequire(import.meta.url).resolve('pyodide/package.json'));
const TYPES: Record<string, string> = {
  wasm: 'application/wasm',
  mjs: 'text/javascript',
  zip: 'application/zip',
  json: 'application/json',
};

export function pyodideAssets(): Plugin {
  let minify = true;
  return {
    name: 'kelvin-sandbox',
    enforce: 'pre',
    configResolved(config) {
      minify = config.command === 'build';
    },
    async resolveId(id, importer) {
      if (!id.endsWith(SUFFIX)) return null;
      const resolved = await this.resolve(id.slice(0, -SUFFIX.length), importer, { skipSelf: true });
      return resolved && resolved.id + SUFFIX;
    },
    async load(id) {
      if (!id.endsWith(SUFFIX)) return null;
      const { code, files } = await bundle(id.slice(0, -SUFFIX.length), minify);
      for (const file of files) this.addWatchFile(file);
      return `export default ${JSON.stringify(code)};`;
    },
    generateBundle() {
      for (const name of PYODIDE_FILES) {
        const source = readFileSync(join(PYODIDE, name));
        this.emitFile({ type: 'asset', fileName: `pyodide/${name}`, source });
      }
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = request.url?.split('?')[0] ?? '';
        const name = PYODIDE_FILES.find((candidate) => path.endsWith(`/pyodide/${candidate}`));
        // Pages that import from node_modules/pyodide pass through the ordinary server.
        if (!name || path.includes('node_modules')) return next();
        const file = join(PYODIDE, name);
        response.setHeader('Content-Type', TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream');
        response.setHeader('Content-Length', statSync(file).size);
        createReadStream(file).pipe(response);
      });
    },
  };
}

/** One classic script out of an entry and all that it imports. */
async function bundle(entry: string, minify: boolean): Promise<{ code: string; files: string[] }> {
  const output = (await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify,
      target: 'es2023',
      copyPublicDir: false,
      lib: { entry, formats: ['iife'], name: 'kelvinSandbox', fileName: 'script' },
      rollupOptions: { external: /^node:/ },
    },
  })) as Rollup.RollupOutput[];
  const chunk = output[0]?.output[0];
  if (chunk?.type !== 'chunk') throw new Error(`No script came out of ${entry}`);
  // The bundler's own helpers are modules too, but not files.
  return { code: chunk.code, files: chunk.moduleIds.filter((id) => isAbsolute(id)) };
}
