import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { pyodideAssets } from './src/sandbox/vitePlugin.ts';

const TFJS_WASM = fileURLToPath(
  new URL('./node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url),
);

/**
 * Puts the WebAssembly binaries of tfjs beside the page, in `wasm/`: the backend fetches them by address.
 * Copied by the build and served from the package in development, so the repository holds no binaries.
 */
function tfjsWasm(): Plugin {
  const names = readdirSync(TFJS_WASM).filter((name) => name.endsWith('.wasm'));
  return {
    name: 'tfjs-wasm',
    generateBundle() {
      for (const name of names) {
        const source = readFileSync(join(TFJS_WASM, name));
        this.emitFile({ type: 'asset', fileName: `wasm/${name}`, source });
      }
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const name = names.find((candidate) => request.url?.split('?')[0]?.endsWith(`/wasm/${candidate}`));
        if (!name) return next();
        response.setHeader('Content-Type', 'application/wasm');
        createReadStream(join(TFJS_WASM, name)).pipe(response);
      });
    },
  };
}

export default defineConfig({
  // Relative addresses: the build works under any path of any static host.
  base: './',
  plugins: [react(), tfjsWasm(), pyodideAssets()],
  worker: { format: 'es' },
  optimizeDeps: { exclude: ['pyodide'] },
  build: { target: 'es2023', chunkSizeWarningLimit: 1200 },
});
