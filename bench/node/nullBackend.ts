/**
 * WebGPU in Node on Dawn's null backend: it checks every call and computes nothing. What an engine asks for, and
 * what asking costs in JavaScript, can be measured on it without a graphics card. Buffers are real memory, of
 * which a device has 512 MB. Import before anything that touches TensorFlow.js or WebGPU.
 */
import { create, globals } from 'webgpu';

Object.assign(globalThis, globals);
Object.defineProperty(globalThis, 'navigator', {
  value: { gpu: create(['backend=null']), userAgent: 'node' },
  configurable: true,
  writable: true,
});

// Nothing was computed, so what comes back is whatever the memory held. Zeros instead keep engines on their usual
// way: plain TensorFlow.js skips its optimizer when a norm is not a number.
const reading = new WeakSet<GPUBuffer>();
const { mapAsync, getMappedRange } = GPUBuffer.prototype;
GPUBuffer.prototype.mapAsync = function (mode, offset, size) {
  if (mode === GPUMapMode.READ) reading.add(this);
  return mapAsync.call(this, mode, offset, size);
};
GPUBuffer.prototype.getMappedRange = function (offset, size) {
  const range = getMappedRange.call(this, offset, size);
  if (reading.delete(this)) new Uint8Array(range).fill(0);
  return range;
};

// WebGPU tells of refused commands in passing; a count of refused commands is worth nothing.
const { requestDevice } = GPUAdapter.prototype;
GPUAdapter.prototype.requestDevice = async function (descriptor) {
  const device = await requestDevice.call(this, descriptor);
  device.addEventListener('uncapturederror', ({ error }) => {
    console.error(error.message);
    process.exit(1);
  });
  return device;
};
