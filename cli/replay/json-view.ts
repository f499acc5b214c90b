import type { CliContext } from '../context.ts';
import { jsonLine } from '../output.ts';
import type { NumberedChangePoint, ReplayView } from './view.ts';

/** One JSON object a line: the page if one is served, each notification when it arrives, then the summary. */
export function jsonView({ out }: Pick<CliContext, 'out'>): ReplayView {
  const print = (value: object) => out.write(jsonLine(value));
  return {
    started(_dataset, _setUpSeconds, pageUrl) {
      if (pageUrl !== undefined) print({ type: 'page', url: pageUrl });
    },
    progressed() {},
    notified(changePoint) {
      print({ type: 'changePoint', ...flat(changePoint) });
    },
    finished({ changePoints: _, ...counts }) {
      print({ type: 'summary', ...counts });
    },
    close() {},
  };
}

/** Numbers of readings under the plain names, times under names of their own. */
function flat({ changedAt, interval, detectedAt, found, other }: NumberedChangePoint) {
  const { seriesId, changedAt: changedAtTime, detectedAt: detectedAtTime, ...rest } = found;
  const numbers = { changedAt, changedAtTime, interval, detectedAt, detectedAtTime };
  return { seriesId, ...numbers, ...rest, ...(other && { other }) };
}
