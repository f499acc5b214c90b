import { fileURLToPath } from 'node:url';
import { csvFile } from './csv-file.ts';
import type { Dataset } from './dataset.ts';

/**
 * Annual flow of the Nile at Aswan, 1871 to 1970, in 10⁸ m³.
 *
 * Source: Cobb G. W. (1978), "The problem of the Nile: conditional solution to a changepoint problem", Biometrika 65;
 * also `datasets::Nile` of R.
 */
export async function nile(): Promise<Dataset> {
  const readings = await csvFile(fileURLToPath(new URL('./nile.csv', import.meta.url)));
  return { ...readings, title: 'annual flow of the Nile at Aswan', unit: '10⁸ m³' };
}
