import { csvFile } from './csv-file.ts';
import type { Dataset } from './dataset.ts';
import { nile } from './nile.ts';
import { sensorNetwork } from './sensor-network.ts';

/** A shipped data set by its name, or else a CSV file by its path. @throws Error if there is none */
export async function openDataset(nameOrPath: string): Promise<Dataset> {
  if (nameOrPath === 'sensor-network') return sensorNetwork();
  if (nameOrPath === 'nile') return nile();
  return csvFile(nameOrPath);
}
