import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { CHROMIUM_ARGS, findChromium } from './scripts/common/chromium.ts';
import { longFiles } from './test/longFiles.ts';
import { isLong } from './test/scale.ts';

const FOLDERS = ['src', 'scripts', 'bench', 'test'];
const IN_CHROMIUM = '**/*.gpu.test.ts';
const long = isLong ? longFiles(FOLDERS) : [];

export default defineConfig({
  test: {
    // One more than there are cores to spare: the long tests wait for one thread of their own.
    maxWorkers: 2,
    // A run may have no long test of one of the projects.
    passWithNoTests: isLong,
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          include: isLong ? long : [`{${FOLDERS}}/**/*.test.{ts,tsx}`],
          exclude: [IN_CHROMIUM, ...(isLong ? [] : ['**/*.long.test.ts'])],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        // Kernels run where they will run: in Chromium, on WebGPU (a software adapter where there is no GPU).
        optimizeDeps: {
          include: [
            '@tensorflow/tfjs-core',
            '@tensorflow/tfjs-backend-cpu',
            '@tensorflow/tfjs-backend-webgpu',
            'fast-check',
          ],
        },
        test: {
          name: 'webgpu',
          include: isLong ? long.filter((path) => path.endsWith('.gpu.test.ts')) : [IN_CHROMIUM],
          exclude: ['node_modules', ...(isLong ? [] : ['**/*.long.gpu.test.ts'])],
          env: { KELVIN_TEST: process.env.KELVIN_TEST ?? '' },
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { executablePath: findChromium() ?? undefined, args: [...CHROMIUM_ARGS] },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
