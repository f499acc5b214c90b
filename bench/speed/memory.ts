/** Prints the peak growth of the process, in bytes, while a detector processes a quiet series. Arguments: the number of points; δ. */
import { AedDetector } from '@aed/core';
import { normal } from '../../cli/produce/random.ts';
import { quietSeed } from './series.ts';

const [points = 0, practicalThreshold = 0] = process.argv.slice(2).map(Number);
const draw = normal(quietSeed);
const before = process.memoryUsage().rss;
const detector = new AedDetector({ practicalThreshold });
for (let index = 0; index < points; index++) detector.push(draw());
process.stdout.write(String(Math.max(0, process.resourceUsage().maxRSS * 1024 - before)));
