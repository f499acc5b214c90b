import type { SeriesChangePoint } from '../../../lambda/change-point.ts';
import type { SeriesNews } from '../../../lambda/digest/people-message.ts';
import { tellPeople } from '../../../lambda/digest/tell-people.ts';
import { digestMapping, digestQueueSeconds } from '../../../lib/deployment-limits.ts';
import { aChangePoint } from '../../lambda/a-change-point.ts';
import { memoryToldSeries } from '../../lambda/digest/memory-told-series.ts';
import { type QueuedMessage, simulatedQueue } from './queue.ts';
import type { DigestSchedule, Mishap } from './schedule.ts';

/** One message to people, and whether its invocation went on to its end. */
export interface Publication {
  readonly at: number;
  readonly news: readonly SeriesNews[];
  whole: boolean;
}

export interface DigestRun {
  readonly changes: readonly SeriesChangePoint[];
  readonly published: readonly Publication[];
  /** The most often that one message was received. */
  readonly mostReceived: number;
  /** Mishaps that befell an invocation. */
  readonly mishaps: number;
}

class Died extends Error {}

/** Runs a schedule in simulated time: two batches at once, until the queue is empty. */
export async function runDigestSchedule(schedule: DigestSchedule): Promise<DigestRun> {
  const { windowSeconds, turns, shares } = schedule;
  let now = Date.UTC(2026, 0, 1);
  const clock = () => new Date(now);
  const told = memoryToldSeries();
  const published: Publication[] = [];
  const { changes, messages } = arriving(schedule, now);
  const queue = simulatedQueue(messages, digestQueueSeconds(windowSeconds) * 1000, clock);
  let invocations = 0;
  let mishaps = 0;
  let turn = 0;

  async function invoke(batch: readonly QueuedMessage[]): Promise<void> {
    const number = invocations++;
    const mishap: Mishap | undefined = schedule.mishaps[number];
    let steps = 0;
    let isDead = false;
    let publication: Publication | undefined;
    let isBroken = false;
    /** One await: others have their turn before and after it, and it may be the last. */
    async function step<Answer>(act: () => Answer | Promise<Answer>): Promise<Answer> {
      const isHit = mishap !== undefined && mishap.step === steps++;
      for (let left = turns[turn++ % turns.length] ?? 0; left > 0; left--) await Promise.resolve();
      if (isDead) throw new Died();
      if (!isHit) return act();
      mishaps++;
      isBroken = true;
      isDead = mishap.kind.startsWith('dies');
      if (mishap.kind.endsWith('after')) await act();
      throw new Died();
    }
    const tell = tellPeople(
      batch.map(({ messageId, body }) => ({ messageId, receiptHandle: messageId, body })),
      {
        clock,
        newId: () => `invocation ${number}`,
        report() {},
        told: {
          read: (seriesId) => step(() => told.read(seriesId)),
          replace: (...given) => step(() => told.replace(...given)),
        },
        publish: (news) =>
          step(() => {
            publication = { at: now, news, whole: true };
            published.push(publication);
          }),
        hold: (deliveries, until) =>
          step(() =>
            queue.hide(
              deliveries.map(({ messageId }) => messageId),
              until,
            ),
          ),
      },
    );
    const answer = await tell.catch(() => undefined);
    const isAnswered = answer !== undefined && !isDead;
    if (publication !== undefined && (isBroken || !isAnswered)) publication.whole = false;
    if (!isAnswered) return;
    const names = new Set(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    queue.remove(batch.map(({ messageId }) => messageId).filter((id) => !names.has(id)));
  }

  const { batchSize } = digestMapping(windowSeconds);
  for (let round = 0; ; round++) {
    const next = queue.nextAt();
    if (next === undefined) break;
    // What comes within the window is told with it.
    now = Math.max(now, next) + windowSeconds * 1000;
    const batch = queue.receive(2 * batchSize);
    const cut = Math.round(batch.length * (shares[round % shares.length] ?? 0));
    const halves = [batch.slice(0, cut), batch.slice(cut)].map((half) => half.slice(0, batchSize));
    await Promise.all(halves.filter((half) => half.length > 0).map(invoke));
  }
  return { changes, published, mostReceived: queue.mostReceived(), mishaps };
}

/** The change points of a schedule, and the messages by which they come. */
function arriving({ arrivals }: DigestSchedule, from: number) {
  let at = from;
  const changes: SeriesChangePoint[] = [];
  const messages: QueuedMessage[] = [];
  for (const [number, { series, muted, afterSeconds, copiesAfter }] of arrivals.entries()) {
    at += afterSeconds * 1000;
    const changePoint = aChangePoint({
      id: `change ${number}`,
      seriesId: `series ${series}`,
      eventKey: `${new Date(at).toISOString()}#${String(number).padStart(3, '0')}`,
      ...(muted && { muted: true }),
    });
    changes.push(changePoint);
    for (const [copy, after] of [0, ...copiesAfter].entries())
      messages.push({
        messageId: `${number}/${copy}`,
        body: JSON.stringify(changePoint),
        visibleAt: at + after * 1000,
      });
  }
  return { changes, messages };
}
