import { fillTables, table, thousands } from '../page-tables.ts';
import peers from '../results/peers.json' with { type: 'json' };
import put from '../results/put.json' with { type: 'json' };
import scanSpeed from '../results/scan-speed.json' with { type: 'json' };

/** The tables of docs/figures.md that are made from measurements, by name. */
const tables: Readonly<Record<string, string>> = {
  'scan-speed': table(
    [
      'statistic and series',
      ...['1,000', '10,000', '100,000'].map((points) => `µs a point, ${points} points`),
      'restored, ms',
      'bytes a point, 100 points',
      'at the peak',
    ],
    scanSpeed.rows.map((row) => [
      row.name,
      ...[row.thousand, row.tenThousand, row.hundredThousand].map((cost) => cost.toFixed(2)),
      row.restore.toFixed(1),
      row.short,
      row.peak,
    ]),
  ),
  peers: table(
    ['detector', 'version', 'reads', 'points', 'µs a point'],
    peers.rows.map(({ name, version, how, points, microseconds }) => [
      name,
      version,
      how,
      thousands(points),
      microseconds,
    ]),
  ),
  put: table(
    ['rows', 'seconds', 'readings a second', 'processor time, s', 'peak memory, MB'],
    put.rows.map(({ rows, seconds, perSecond, processorSeconds, peakMegabytes }) => [
      thousands(rows),
      seconds,
      thousands(perSecond),
      processorSeconds,
      peakMegabytes,
    ]),
  ),
};

/** The page with its current tables. */
export function withSpeedTables(page: string): string {
  return fillTables(page, tables);
}
