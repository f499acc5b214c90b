/** Remembers so many series of so many points, and prints what that takes. Run by `memory.ts`. */

import { uniform } from '../../cli/produce/random.ts';
import { Regime } from '../../lambda/detector/regime.ts';
import { RememberedRegimes } from '../../lambda/detector/remembered-regimes.ts';
import { eventKey } from '../../lambda/event.ts';
import { regimeLimits } from '../../lambda/regime/regime-limits.ts';
import { serviceOptions } from '../../lambda/service-options.ts';
import { headSortKey } from '../../lambda/tables/head.ts';

const [series = 1, points = 1] = process.argv.slice(2).map(Number);
const random = uniform(1);
const options = serviceOptions({ maxRegimeLength: 100_000, alpha: 1e-9 });
const remembered = new RememberedRegimes(regimeLimits, random);
const id = () =>
  Math.floor(random() * 2 ** 52)
    .toString(16)
    .padStart(32, '0');
const used = () => {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

const before = used();
for (let one = 0; one < series; one++) {
  const regime = new Regime(
    { after: undefined, testedThrough: undefined, memory: undefined, options },
    regimeLimits.chunkPoints,
  );
  let newest = '';
  for (let index = 0; index < points; index += 100) {
    const events = Array.from({ length: Math.min(100, points - index) }, (_, at) => ({
      eventKey: eventKey({ timestamp: (index + at) * 1000, eventId: id() }),
      value: random(),
      expiresAt: 1_800_000_000,
    }));
    newest = events.at(-1)?.eventKey ?? newest;
    regime.add(events);
    regime.test();
    regime.rest();
  }
  // As it comes out of the table: each text is another one.
  const head = JSON.parse(
    JSON.stringify({
      seriesId: `device-${one}`,
      sortKey: headSortKey,
      version: points,
      writeId: id(),
      testedThrough: newest,
      edition: { id: id(), start: 0, digest: id().slice(16) },
    }),
  );
  remembered.remember(head.seriesId, { regime, head }, false);
}
const bytes = used() - before;
const total = series * points;
let known = 0;
for (let one = 0; one < series; one++) known += Number(remembered.take(`device-${one}`) !== undefined);
process.stdout.write(
  JSON.stringify({
    series,
    points,
    remembered: known,
    bytesAPoint: Math.round((10 * bytes) / total) / 10,
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
