import { readFile } from 'node:fs/promises';
import type { Dataset, Reading } from './dataset.ts';

/**
 * Annual flow of the Nile at Aswan, 1871 to 1970, in 10⁸ m³.
 *
 * Source: Cobb G. W. (1978), "The problem of the Nile: conditional solution to a changepoint problem", Biometrika 65;
 * also `datasets::Nile` of R.
 */
export async function nile(): Promise<Dataset> {
  const text = await readFile(new URL('./nile.csv', import.meta.url), 'utf8');
  const [, ...rows] = text.trim().split('\n');
  const readings = rows.map((row): Reading => {
    const [seriesId = '', timestamp = '', value] = row.split(',');
    return { seriesId, timestamp, value: Number(value) };
  });
  return { title: 'annual flow of the Nile at Aswan', unit: '10⁸ m³', readings, practicalThreshold: 0 };
}
