import { tellingId } from '../../../lambda/change-point.ts';
import type { SeriesNews } from '../../../lambda/digest/people-message.ts';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { deploymentLimits } from '../../../lib/deployment-limits.ts';
import type { DigestRun } from './run-schedule.ts';

const { toldMs, tellingsAnHour } = processingLimits;

/** What is wrong with a run; empty if nothing is. */
export function digestFaults({ changes, published, mostReceived }: DigestRun): readonly string[] {
  const wrong: string[] = [];
  for (const { id, muted } of changes) {
    const told = published.filter(({ news }) => idsIn(news).includes(id));
    const times = published.flatMap(({ news }) => idsIn(news)).filter((one) => one === id).length;
    const whole = told.filter((one) => one.whole).map(({ at }) => at);
    const again = whole.filter((at, index) => at < (whole[index - 1] ?? Number.NEGATIVE_INFINITY) + toldMs);
    if (muted === true && times > 0) wrong.push(`${id} is muted, and people were told`);
    if (muted !== true && times === 0) wrong.push(`people were not told of ${id}`);
    if (again.length > 0) wrong.push(`people were told of ${id} again within an hour, without a crash`);
    if (times !== told.length) wrong.push(`${id} is twice in one message`);
  }
  for (const seriesId of new Set(changes.map((one) => one.seriesId))) {
    const times = published
      .filter(({ whole, news }) => whole && news.some((one) => one.seriesId === seriesId))
      .map(({ at }) => at);
    for (const [index, at] of times.entries()) {
      const within = times.slice(index).filter((other) => other < at + toldMs).length;
      if (within > tellingsAnHour) wrong.push(`${seriesId} is in ${within} messages of one hour`);
    }
  }
  const { receives } = deploymentLimits.topicQueue;
  if (mostReceived >= receives) wrong.push(`a message was received ${mostReceived} times`);
  return wrong;
}

/** What a message tells of, also if it is only counted. */
function idsIn(news: readonly SeriesNews[]): readonly string[] {
  return news.flatMap(({ changes, counted = [] }) => [...changes.map(tellingId), ...counted]);
}
