import { resolveOptions } from '@aed/core';
import type { SeriesChangePoint } from '../../lambda/change-point.ts';

/** A rise as the service tells it, but for what a test is about. */
export function aChangePoint(replaced: Partial<SeriesChangePoint> = {}): SeriesChangePoint {
  return {
    id: '0123456789abcdef0123456789abcdef',
    seriesId: 'boiler-7',
    eventKey: '2025-01-01T00:10:00.000Z#e',
    changedEventKey: '2025-01-01T00:05:00.000Z#e',
    changedAt: '2025-01-01T00:05:00.000Z',
    detectedAt: '2025-01-01T00:10:00.000Z',
    direction: 'up',
    magnitude: 1,
    pValue: 0.001,
    statistic: 1,
    superiority: 1,
    before: { count: 40, median: 0, from: '2025-01-01T00:00:00.000Z', to: '2025-01-01T00:04:59.000Z' },
    after: { count: 20, median: 1, from: '2025-01-01T00:05:00.000Z', to: '2025-01-01T00:10:00.000Z' },
    value: 1,
    // In the service a regime has an end.
    options: resolveOptions({ maxRegimeLength: 10_000 }),
    ...replaced,
  };
}
