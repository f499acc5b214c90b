/** Writes a quiet series as doubles in the machine's byte order. Arguments: the number of points; the file. */
import { writeFileSync } from 'node:fs';
import { quiet, quietSeed } from '../speed/series.ts';

const [points, file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: write-series.ts <points> <file>');
writeFileSync(file, new Uint8Array(quiet(Number(points), quietSeed).buffer));
