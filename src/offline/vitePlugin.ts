/** Vite's part of working offline: builds the service worker with a list of every file, and the web manifest. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger, Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { LARGE_FILES } from './largeFiles.ts';

export function offlinePage(): Plugin[] {
  let folder = '';
  let logger: Logger | null = null;
  const learnFolder: Plugin = {
    name: 'kelvin-offline',
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
      logger = config.logger;
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
        (entries) => {
          const large = entries.filter(({ url }) => LARGE_FILES.test(url));
          const [all, later] = [megabytes(entries), megabytes(large)];
          logger?.info(`Kept without the network: ${all} MB, ${later} MB of them after the page is drawn`);
          return {
            warnings: [],
            manifest: entries.map((entry) =>
              large.includes(entry)
                ? { ...entry, revision: sha256(readFileSync(join(folder, entry.url))) }
                : entry,
            ),
          };
        },
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

function megabytes(files: readonly { size: number }[]): string {
  return (files.reduce((sum, { size }) => sum + size, 0) / 1e6).toFixed(1);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
