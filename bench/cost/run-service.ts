import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { AttributeValue, DynamoDBRecord, KinesisStreamRecord } from 'aws-lambda';
import { normal, uniform } from '../../cli/produce/random.ts';
import { type Event, eventKey } from '../../lambda/event.ts';
import { processingLimits } from '../../lambda/processing-limits.ts';
import { variableOf } from '../../lambda/settings.ts';
import { startBackend } from '../../local/backend.ts';
import { passesFilters } from '../../local/event-source-mapping/filter.ts';
import { names } from '../../local/resources.ts';
import type { Item } from './call-units.ts';
import { startCountingProxy } from './counting-proxy.ts';
import type { Service } from './services.ts';
import { perThousand, type Usage, UsageCounter } from './usage.ts';

/** How a service is used. */
export interface Load {
  /** Points of each regime when the counting begins. */
  readonly regime: number;
  readonly series: number;
  /** Instances of the detector. Each batch goes to one of them by chance. */
  readonly instances: number;
  /** Records in a batch of the recorder, one event each, of the series in turn. What it writes is one batch of the detector. */
  readonly batch: number;
  /** Events that are counted, at least. */
  readonly events: number;
}

/** Before the counting begins, so many events of one series come together. */
const seededTogether = 500;
const start = Date.UTC(2026, 0, 1);
/** Epoch seconds at which the events expire. */
const farAway = Date.UTC(2030, 0, 1) / 1000;

/** Counts what a service uses for a thousand events of a quiet series. */
export async function runService(service: Service, load: Load): Promise<Usage> {
  const backend = await startBackend();
  const counter = new UsageCounter();
  const stream = new TableStreamOfPuts();
  const proxy = await startCountingProxy(backend.endpoints.dynamoDb, counter, (table, item) =>
    stream.put(table, item),
  );
  const environment = {
    ...backend.environment,
    AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint,
    // The noise never moves so far, so no regime ends.
    [variableOf('practicalThreshold')]: '1000',
    [variableOf('maxRegimeLength')]: '100000',
  };
  const record = service.recorder(environment);
  const detectors = Array.from({ length: load.instances }, () => service.detector(environment));
  const chance = uniform(1);
  const noise = normal(2);
  const counts = new Array<number>(load.series).fill(0);

  /** The next event of a series. */
  function next(series: number): Event {
    const at = counts[series] ?? 0;
    counts[series] = at + 1;
    return {
      seriesId: `device-${series}`,
      timestamp: start + 1000 * at,
      value: Math.round(100 * noise()) / 100,
      eventId: 'reading',
    };
  }

  async function run(events: readonly Event[]): Promise<void> {
    await record({ Records: events.map(kinesisRecord) });
    const news = stream.take().filter((one) => passesFilters(one, service.filters));
    counter.add({ invocations: news.length > 0 ? 2 : 1 });
    if (news.length > 0) await detectors[Math.floor(chance() * detectors.length)]?.({ Records: news });
  }

  /** Stores events that make no news, then one that does: so the detector has tested them all. */
  async function seed(series: number, count: number): Promise<void> {
    const events = Array.from({ length: count }, () => next(series));
    const last = events.splice(-1);
    for (let done = 0; done < events.length; done += processingLimits.writeBatchItems) {
      const items = events.slice(done, done + processingLimits.writeBatchItems).map((event) => ({
        PutRequest: {
          Item: {
            seriesId: event.seriesId,
            eventKey: eventKey(event),
            value: event.value,
            expiresAt: farAway,
          },
        },
      }));
      await backend.clients.dynamoDb.send(
        new BatchWriteCommand({ RequestItems: { [names.eventsTable]: items } }),
      );
    }
    await run(last);
  }

  try {
    for (let series = 0; series < load.series; series++) {
      for (let done = 0; done < load.regime; done += seededTogether) {
        await seed(series, Math.min(seededTogether, load.regime - done));
      }
    }
    counter.take();
    let events = 0;
    while (events < load.events) {
      await run(Array.from({ length: load.batch }, () => next(events++ % load.series)));
    }
    return perThousand(counter.take(), events);
  } finally {
    await proxy.close();
    await backend.close();
  }
}

let sequence = 0;

function kinesisRecord(event: Event): KinesisStreamRecord {
  const sequenceNumber = String(++sequence).padStart(20, '0');
  return {
    eventID: `shardId-000000000000:${sequenceNumber}`,
    eventName: 'aws:kinesis:record',
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventSourceARN: '',
    invokeIdentityArn: '',
    awsRegion: 'us-east-1',
    kinesis: {
      approximateArrivalTimestamp: event.timestamp / 1000,
      data: Buffer.from(JSON.stringify(event)).toString('base64'),
      kinesisSchemaVersion: '1.0',
      partitionKey: event.seriesId,
      sequenceNumber,
    },
  };
}

/** The stream of the events table: a record for each item that was put and is not as it was. */
class TableStreamOfPuts {
  readonly #known = new Map<string, string>();
  #records: DynamoDBRecord[] = [];

  put(table: string, item: Item): void {
    if (table !== names.eventsTable) return;
    const Keys = { seriesId: item.seriesId as AttributeValue, eventKey: item.eventKey as AttributeValue };
    const key = JSON.stringify(Keys);
    const image = JSON.stringify(item);
    const before = this.#known.get(key);
    if (before === image) return;
    this.#known.set(key, image);
    this.#records.push({
      eventName: before === undefined ? 'INSERT' : 'MODIFY',
      dynamodb: { Keys, NewImage: item, SequenceNumber: String(++sequence) },
    });
  }

  take(): readonly DynamoDBRecord[] & DynamoDBRecord[] {
    return this.#records.splice(0);
  }
}
