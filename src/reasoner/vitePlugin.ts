import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const folder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));

/**
 * Puts the WebAssembly binaries of tfjs beside the page, in `wasm/`: the backend fetches them by address.
 * Copied by the build and served from the package in development, so the repository holds no binaries.
 */
export function tfjsWasm(): Plugin {
  const names = readdirSync(folder).filter((name) => name.endsWith('.wasm'));
  return {
    name: 'tfjs-wasm',
    generateBundle() {
      for (const name of names) {
        this.emitFile({ type: 'asset', fileName: `wasm/${name}`, source: readFileSync(join(folder, name)) });
      }
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const name = names.find((candidate) => request.url?.split('?')[0]?.endsWith(`/wasm/${candidate}`));
        if (!name) return next();
        response.setHeader('Content-Type', 'application/wasm');
        createReadStream(join(folder, name)).pipe(response);
      });
    },
  };
}
