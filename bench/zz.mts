import { detectChangePoints } from '../core/src/index.ts';
import { quiet, quietSeed } from './speed/series.ts';

const n = Number(process.argv[2] ?? 100),
  d = Number(process.argv[3] ?? 1);
const series = quiet(n, quietSeed);
const reps = Math.ceil(10000 / n);
let best = 1e9;
for (let r = 0; r < 60; r++) {
  const s = process.cpuUsage();
  for (let i = 0; i < reps; i++) detectChangePoints(series, { practicalThreshold: d });
  const u = process.cpuUsage(s);
  best = Math.min(best, ((u.user + u.system) * 1000) / (reps * n));
}
console.log(n, d, best.toFixed(0));
