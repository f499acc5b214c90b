import type { Dataset } from './dataset.ts';
import { nile } from './nile.ts';
import { sensorNetwork } from './sensor-network.ts';

/** The data sets of the tool. */
const shipped: Readonly<Record<string, () => Dataset | Promise<Dataset>>> = {
  'sensor-network': sensorNetwork,
  nile,
};

/** Their names, for people. */
export const datasetNames = Object.keys(shipped).join(' and ');

/** Opens a data set of the tool by its name; `undefined` if there is none of this name. */
export async function openDataset(name: string): Promise<Dataset | undefined> {
  return Object.hasOwn(shipped, name) ? shipped[name]?.() : undefined;
}
