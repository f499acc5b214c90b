/** Prints how many bytes the process grew by, at most, while a detector took a quiet series: points, then δ, as arguments. */
import { AedDetector } from '@aed/core';
import { normal } from '../../cli/produce/random.ts';
import { quietSeed } from './series.ts';

const [points = 0, practicalThreshold = 0] = process.argv.slice(2).map(Number);
const draw = normal(quietSeed);
const before = process.memoryUsage().rss;
const detector = new AedDetector({ practicalThreshold });
for (let index = 0; index < points; index++) detector.push(draw());
process.stdout.write(String(Math.max(0, process.resourceUsage().maxRSS * 1024 - before)));
