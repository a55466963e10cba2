import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { documentPages } from './scripts/docs/site/vitePlugin.ts';
import { offlinePage } from './src/offline/vitePlugin.ts';
import { pyodideAssets } from './src/sandbox/vitePlugin.ts';

export default defineConfig({
  // Relative addresses: the build works under any path of any static host.
  base: './',
  plugins: [react(), pyodideAssets(), documentPages(), offlinePage()],
  worker: { format: 'es' },
  optimizeDeps: { exclude: ['pyodide'] },
  build: { target: 'es2023', chunkSizeWarningLimit: 1200 },
});
