import type { Workload } from '../workload.ts';
import type { Engine, EngineName } from './engine.ts';

type OpenEngine = (workload: Workload) => Promise<Engine>;

/** An engine by its name; only that one is loaded. */
export async function openEngine(name: EngineName, workload: Workload): Promise<Engine> {
  const open: Record<EngineName, () => Promise<OpenEngine>> = {
    kelvin: async () => (await import('./kelvin.ts')).openKelvin,
    tfjs: async () => (await import('./tfjs.ts')).openTfjs,
    jaxjs: async () => (await import('./jaxjs.ts')).openJaxjs,
  };
  return (await open[name]())(workload);
}
