import { setFlagsFromString } from 'node:v8';

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
