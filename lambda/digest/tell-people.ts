import type { SQSBatchResponse } from 'aws-lambda';
import type { SeriesChangePoint } from '../change-point.ts';
import { compareEventKeys } from '../event.ts';
import type { FunctionReport } from '../function-report.ts';
import { processingLimits } from '../processing-limits.ts';
import { severalAtOnce } from '../several-at-once.ts';
import type { Surroundings } from '../surroundings.ts';
import type { KnownTellings, Telling, ToldSeries } from '../tables/told-series.ts';
import { type Delivery, deliveriesIn, type QueueRecord } from './delivery.ts';
import type { SeriesNews } from './people-message.ts';
import { planSeries, type SeriesPlan } from './plan-series.ts';
import { rememberedId } from './remembered-id.ts';

export interface TellingParts extends Pick<Surroundings, 'clock' | 'newId'> {
  readonly told: ToldSeries;
  /** Publishes one message with all of these. @throws what the topic throws */
  readonly publish: (news: readonly SeriesNews[]) => Promise<void>;
  /** Keeps messages from coming again before a time in epoch milliseconds. */
  readonly hold: (deliveries: readonly Delivery[], until: number) => Promise<void>;
  readonly report: FunctionReport;
}

type Claimed = SeriesPlan & { readonly seriesId: string; readonly stored?: KnownTellings };

/**
 * Tells people of a batch of change points, in one message. Claim, tell, mark: a change point that two batches hold is told of
 * by one of them. After a crash the claim ends by itself, and the queue delivers the batch again; it is told twice only if the crash
 * fell between publishing and marking.
 *
 * Cost: for each series one read and two writes; one message.
 *
 * @returns the messages that are to come again
 * @throws what the topic throws; all messages then come again
 */
export async function tellPeople(
  records: readonly QueueRecord[],
  parts: TellingParts,
): Promise<SQSBatchResponse> {
  const { report, publish } = parts;
  const { deliveries, foreign } = deliveriesIn(records);
  const audible = deliveries.filter(({ changePoint }) => changePoint.muted !== true);
  const { claimed, failed } = await claimAll(audible, parts);
  const telling = claimed.filter(({ tell }) => tell.length > 0);
  if (telling.length > 0) await publish(telling.map(newsOf));
  await markAll(telling, parts);
  await holdAll(claimed, parts);
  const all = (kind: 'tell' | 'repeated' | 'left' | 'held') => claimed.flatMap((plan) => plan[kind]);
  const again = [...failed, ...all('left'), ...all('held')];
  report({
    step: 'digest',
    digests: Number(telling.length > 0),
    toldSeries: telling.length,
    told: all('tell').length,
    repeated: all('repeated').length,
    muted: deliveries.length - audible.length,
    held: all('held').length,
    left: failed.length + all('left').length,
    foreign,
  });
  return { batchItemFailures: again.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

function newsOf({ seriesId, tell, counted, count, flaps }: Claimed): SeriesNews {
  const changes = tell.map(({ changePoint }) => changePoint).sort(inOrder);
  return { seriesId, changes, counted, count, flaps };
}

/** Retractions come after what they retract. */
function inOrder(a: SeriesChangePoint, b: SeriesChangePoint): number {
  return (
    compareEventKeys(a.eventKey, b.eventKey) ||
    Number(a.retractedAt !== undefined) - Number(b.retractedAt !== undefined)
  );
}

/** Claims what is to be told. A series that cannot be claimed holds up no other one. */
async function claimAll(deliveries: readonly Delivery[], parts: TellingParts) {
  const bySeries = new Map<string, Delivery[]>();
  for (const delivery of deliveries) {
    const { seriesId } = delivery.changePoint;
    const others = bySeries.get(seriesId);
    if (others === undefined) bySeries.set(seriesId, [delivery]);
    else others.push(delivery);
  }
  const by = parts.newId();
  const claimed: Claimed[] = [];
  const failed: Delivery[] = [];
  const errors: unknown[] = [];
  await severalAtOnce([...bySeries], processingLimits.toldAtOnce, async ([seriesId, some]) => {
    try {
      claimed.push({ seriesId, ...(await claim(seriesId, some, by, parts)) });
    } catch (error) {
      failed.push(...some);
      errors.push(error);
    }
  });
  // One line for all: when the table is down, every series fails alike.
  if (errors.length > 0) parts.report({ step: 'digest', seriesFailed: errors.length, error: errors[0] });
  return { claimed, failed };
}

async function claim(
  seriesId: string,
  deliveries: readonly Delivery[],
  by: string,
  { told, clock }: TellingParts,
): Promise<SeriesPlan & { readonly stored?: KnownTellings }> {
  for (let attempt = 1; attempt <= processingLimits.toldConflicts; attempt++) {
    const now = clock().getTime();
    const known = await told.read(seriesId);
    const plan = planSeries(known.tellings, deliveries, by, now);
    if (!plan.isNew) return plan;
    const stored = await told.replace(seriesId, known, plan.tellings, now);
    if (stored !== undefined) return { ...plan, stored };
  }
  throw new Error(`${processingLimits.toldConflicts} other digests told of the series meanwhile`);
}

/** Marks as told. What could not be marked is told all the same: only a copy of it would be told again. */
async function markAll(telling: readonly Claimed[], parts: TellingParts): Promise<void> {
  const errors: unknown[] = [];
  await severalAtOnce(telling, processingLimits.toldAtOnce, async (claimed) => {
    await mark(claimed, parts).catch((error) => errors.push(error));
  });
  if (errors.length > 0) parts.report({ step: 'digest', unmarked: errors.length, error: errors[0] });
}

async function mark(
  { seriesId, tell, counted, stored }: Claimed,
  { told, clock }: TellingParts,
): Promise<void> {
  const ids = new Set([...counted, ...tell.map(({ changePoint }) => rememberedId(changePoint))]);
  const marked = (telling: Telling) => (ids.has(telling.id) ? { ...telling, isTold: true } : telling);
  let known = stored;
  for (let attempt = 1; attempt <= processingLimits.toldConflicts; attempt++) {
    known ??= await told.read(seriesId);
    if (await told.replace(seriesId, known, known.tellings.map(marked), clock().getTime())) return;
    known = undefined;
  }
  throw new Error(`${processingLimits.toldConflicts} other digests told of the series meanwhile`);
}

/** What cannot be held comes again sooner, and is held then. */
async function holdAll(claimed: readonly Claimed[], { hold, report }: TellingParts): Promise<void> {
  const holding = claimed.filter(({ held }) => held.length > 0);
  await severalAtOnce(holding, processingLimits.toldAtOnce, async ({ seriesId, held, heldUntil }) => {
    await hold(held, heldUntil).catch((error) => report({ step: 'digest', seriesId, error }));
  });
}
