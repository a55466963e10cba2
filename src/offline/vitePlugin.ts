/** Vite's part of working offline: builds the service worker with a list of every file, and the web manifest. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { LARGE_FOLDERS } from './largeFiles.ts';

export function offlinePage(): Plugin[] {
  let folder = '';
  const learnFolder: Plugin = {
    name: 'kelvin-offline',
    configResolved({ root, build }) {
      folder = join(root, build.outDir);
    },
  };
  const offline = VitePWA({
    strategies: 'injectManifest',
    srcDir: 'src/offline',
    filename: 'serviceWorker.ts',
    registerType: 'prompt',
    // The page registers it when it has been drawn.
    injectRegister: false,
    // The icons are files of the page like others; the manifest the plugin adds of itself.
    includeManifestIcons: false,
    integration: {
      configureCustomSWViteBuild(config) {
        config.logLevel = 'error';
      },
    },
    injectManifest: {
      // A classic worker: every browser that has service workers takes it.
      rollupFormat: 'iife',
      globPatterns: ['**/*'],
      globIgnores: ['manifest.webmanifest'],
      maximumFileSizeToCacheInBytes: 64 * 2 ** 20,
      manifestTransforms: [
        (entries) => ({
          warnings: [],
          manifest: entries.map((entry) =>
            LARGE_FOLDERS.test(entry.url)
              ? { ...entry, revision: sha256(readFileSync(join(folder, entry.url))) }
              : entry,
          ),
        }),
      ],
    },
    manifest: {
      name: 'Kelvin: self-play from absolute zero',
      short_name: 'Kelvin',
      description:
        'A small transformer invents its own Python tasks and learns from solving them, in the browser.',
      start_url: './',
      scope: './',
      display: 'standalone',
      background_color: '#14181d',
      theme_color: '#14181d',
      icons: [
        { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
        { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
        { src: 'icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
      ],
    },
  });
  return [learnFolder, ...offline];
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
