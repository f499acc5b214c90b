/**
 * Counts how often the detector computes the exact statistics on a quiet series, and how.
 *
 * Run: npx tsx bench/speed/work.ts
 */
import { AedDetector } from '@aed/core';
import { Certificate } from '../../core/src/certificate/certificate.ts';
import { SortedRegime } from '../../core/src/sorted-regime.ts';
import { scriptArguments } from '../script-arguments.ts';
import { quiet, quietSeed } from './series.ts';

scriptArguments(import.meta.url);

const sizes = { looks: 0, rebuilds: 0, scanned: 0 };
const { startFrom } = Certificate.prototype;
Certificate.prototype.startFrom = function (...statistics) {
  sizes.looks++;
  startFrom.apply(this, statistics);
};
const { add } = SortedRegime.prototype;
SortedRegime.prototype.add = function (regime) {
  sizes.rebuilds++;
  sizes.scanned += regime.length;
  add.call(this, regime);
};

const rows = [1000, 10_000, 100_000, 1_000_000].flatMap((points) =>
  [0, 1].map((practicalThreshold) => {
    Object.assign(sizes, { looks: 0, rebuilds: 0, scanned: 0 });
    const detector = new AedDetector({ practicalThreshold });
    for (const value of quiet(points, quietSeed)) detector.push(value);
    return {
      points,
      'δ, sd': practicalThreshold,
      'looks at the exact statistics': sizes.looks,
      'of these from the sorted regime': sizes.rebuilds,
      'points scanned in them, each point': (sizes.scanned / points).toFixed(1),
    };
  }),
);
console.table(rows);
