import * as tf from '@tensorflow/tfjs-core';
import { BINARY } from './binary.ts';

/** What the compiled kernels export; pointers are bytes into the heap. See the `.as` files. */
type KernelName =
  | 'embed'
  | 'embedGradient'
  | 'rmsNorm'
  | 'rmsNormGradient'
  | 'swiglu'
  | 'swigluGradient'
  | 'rotary'
  | 'rotaryGradient'
  | 'attention'
  | 'attentionGradient'
  | 'cachePrefixes'
  | 'decodeAttention'
  | 'klToBase'
  | 'policyLoss'
  | 'targetLogprobs';

export type KernelFunctions = Record<KernelName, (...numbers: number[]) => void>;

/** The part of tfjs's wasm backend that is used here; its memory is public, though not in its types. */
interface WasmBackend extends tf.KernelBackend {
  wasm: { asm?: { memory?: WebAssembly.Memory } };
  dataIdMap: { get(dataId: tf.DataId): { memoryOffset: number } };
  makeOutput(shape: number[], dtype: tf.DataType): tf.TensorInfo;
}

/** tfjs's own wasm memory with our kernels in it, so that they read and write tensors in place. */
export class Heap {
  private constructor(
    private readonly backend: WasmBackend,
    private readonly memory: WebAssembly.Memory,
    readonly run: KernelFunctions,
  ) {}

  /** Throws when the wasm backend is not current, hides its memory, or has no SIMD. */
  static async open(): Promise<Heap> {
    const backend = tf.backend() as WasmBackend;
    const memory = backend.wasm?.asm?.memory;
    if (!(memory instanceof WebAssembly.Memory)) throw new Error('The memory of the wasm backend is hidden');
    const bytes = Uint8Array.from(atob(BINARY), (character) => character.charCodeAt(0));
    const { instance } = await WebAssembly.instantiate(bytes, { env: { memory, log: Math.log } });
    return new Heap(backend, memory, instance.exports as unknown as KernelFunctions);
  }

  /** Where the tensor's numbers are. */
  at(tensor: tf.Tensor): number {
    return this.backend.dataIdMap.get(tensor.dataId).memoryOffset;
  }

  /** A tensor with whatever was in the memory. */
  empty<T extends tf.Tensor>(shape: number[]): T {
    const info = this.backend.makeOutput(shape, 'float32');
    return tf.engine().makeTensorFromTensorInfo(info) as T;
  }

  zeros<T extends tf.Tensor>(shape: number[]): T {
    const tensor = this.empty<T>(shape);
    this.numbers(tensor).fill(0);
    return tensor;
  }

  /** The tensor's numbers in place; valid until the next tensor is made, since the memory may grow. */
  numbers(tensor: tf.Tensor): Float32Array {
    return new Float32Array(this.memory.buffer, this.at(tensor), tensor.size);
  }
}
