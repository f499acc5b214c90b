import { csvFile } from './csv-file.ts';
import type { Dataset } from './dataset.ts';
import { nile } from './nile.ts';
import { sensorNetwork } from './sensor-network.ts';

/** The data sets of the tool. */
const shipped: Readonly<Record<string, () => Dataset | Promise<Dataset>>> = {
  'sensor-network': sensorNetwork,
  nile,
};

/** Opens a data set of the tool by its name, or a CSV file by its path. @throws Error naming the path, if it is neither */
export async function openDataset(nameOrPath: string): Promise<Dataset> {
  const open = Object.hasOwn(shipped, nameOrPath) ? shipped[nameOrPath] : undefined;
  if (open !== undefined) return open();
  try {
    return await csvFile(nameOrPath);
  } catch (error) {
    if ((error as Error).cause === undefined) throw error;
    const names = Object.keys(shipped).join(' and ');
    throw new Error(`${(error as Error).message}; data sets by name are ${names}`, { cause: error });
  }
}
