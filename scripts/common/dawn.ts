/** WebGPU in Node: Dawn, by the npm package `webgpu`. Import before anything that touches TensorFlow.js. */
import { create, globals } from 'webgpu';

Object.assign(globalThis, globals);
Object.defineProperty(globalThis, 'navigator', {
  value: { gpu: create([]), userAgent: 'node' },
  configurable: true,
  writable: true,
});
