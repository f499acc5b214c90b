import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** V8's flag: by how many percent the heap may outgrow what lived at the last collection of all garbage. Documented by `node --v8-options` alone. */
export const heapGrowthFlag = '--heap-growing-percent';

/**
 * Lets the heap of this process grow to twice what lives in it.
 *
 * With much memory in the machine, V8 lets it grow to four times that before it collects all garbage. For a service that runs for weeks the
 * memory counts more than the time of the collections.
 */
export function boundHeapGrowth(): void {
  setFlagsFromString(`${heapGrowthFlag}=100`);
}

/**
 * Collects all garbage once, for some 50 ms. After a restart has read every regime, most of the heap is garbage; V8 would keep it for as long as
 * the heap stays below its bound.
 */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  collect();
}
