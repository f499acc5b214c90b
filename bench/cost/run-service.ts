import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord, KinesisStreamRecord } from 'aws-lambda';
import { normal, uniform } from '../../cli/produce/random.ts';
import { allResources } from '../../lambda/environment/contract.ts';
import { type Event, eventKey } from '../../lambda/event.ts';
import { variableOf } from '../../lambda/settings.ts';
import { passesFilters } from '../../local/event-source-mapping/filter.ts';
import type { InProcessTables } from '../detector/in-process-tables.ts';
import type { Item } from '../detector/partition.ts';
import { clientEnvironment, newTables, tableNames } from '../detector/service.ts';
import type { Service } from './services.ts';
import { serveTables } from './tables-server.ts';
import { perThousand, type Usage } from './usage.ts';

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

/** Nothing is set aside and no change is found, so these are never called. */
const resources = {
  pendingIndex: 'pending',
  quarantineBucket: 'none',
  topicArn: 'arn:aws:sns:us-east-1:000000000000:none',
  peopleTopicArn: 'arn:aws:sns:us-east-1:000000000000:none',
  digestQueueUrl: 'http://none',
};
/** Before the counting begins, so many events of one series come together. */
const seededTogether = 500;
const start = Date.UTC(2026, 0, 1);
/** Epoch seconds at which the events expire. */
const farAway = Date.UTC(2030, 0, 1) / 1000;

/** Counts what a service uses for a thousand events of quiet series. */
export async function runService(service: Service, load: Load): Promise<Usage> {
  const tables = newTables();
  const server = await serveTables(tables);
  const stream = new TableStream(tables);
  const environment = {
    ...clientEnvironment,
    ...allResources.write({
      ...resources,
      eventsTable: tableNames.events,
      changePointsTable: tableNames.changePoints,
      rulesTable: tableNames.rules,
    }),
    AWS_ENDPOINT_URL_DYNAMODB: server.endpoint,
    // The noise never moves so far, so no regime ends.
    [variableOf('practicalThreshold')]: '1000',
    [variableOf('maxRegimeLength')]: '100000',
  };
  const record = service.recorder(environment);
  const detectors = Array.from({ length: load.instances }, () => service.detector(environment));
  const chance = uniform(1);
  const noise = normal(2);
  const counts = new Array<number>(load.series).fill(0);
  let invocations = 0;

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
    const news = stream.of(events).filter((one) => passesFilters(one, service.filters));
    invocations += news.length > 0 ? 2 : 1;
    if (news.length > 0) await detectors[Math.floor(chance() * detectors.length)]?.({ Records: news });
  }

  /** Stores events that make no news, then one that does: so the detector has tested them all. */
  async function seed(series: number, count: number): Promise<void> {
    const events = Array.from({ length: count }, () => next(series));
    const last = events.splice(-1);
    for (const event of events) {
      const { seriesId, value } = event;
      const item = marshall({ seriesId, eventKey: eventKey(event), value, expiresAt: farAway });
      tables.partition(tableNames.events, seriesId).put(item as Item);
    }
    await run(last);
  }

  const used = (): Usage => {
    const { readUnits, writeUnits, bytes, calls } = tables.usage;
    const requests = [...calls.values()].reduce((sum, count) => sum + count, 0);
    return { readUnits, writeUnits, bytes, requests, invocations };
  };

  try {
    for (let series = 0; series < load.series; series++) {
      for (let done = 0; done < load.regime; done += seededTogether) {
        await seed(series, Math.min(seededTogether, load.regime - done));
      }
    }
    const before = used();
    let events = 0;
    while (events < load.events) {
      await run(Array.from({ length: load.batch }, () => next(events++ % load.series)));
    }
    return perThousand(before, used(), events);
  } finally {
    server.close();
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

/** The stream of the events table: a record for each item that is not as it was. */
class TableStream {
  readonly #tables: InProcessTables;
  readonly #known = new Map<string, string>();

  constructor(tables: InProcessTables) {
    this.#tables = tables;
  }

  /** The records of the items of these events. */
  of(events: readonly Event[]): DynamoDBRecord[] {
    return events.flatMap((event) => {
      const key = { seriesId: { S: event.seriesId }, eventKey: { S: eventKey(event) } };
      const NewImage = this.#tables.partition(tableNames.events, event.seriesId).get(key);
      if (NewImage === undefined) throw new Error(`${JSON.stringify(key)} must be stored`);
      const name = JSON.stringify(key);
      const image = JSON.stringify(NewImage);
      const before = this.#known.get(name);
      if (before === image) return [];
      this.#known.set(name, image);
      const eventName = before === undefined ? 'INSERT' : 'MODIFY';
      const images = { NewImage, ...(before !== undefined && { OldImage: JSON.parse(before) }) };
      return [{ eventName, dynamodb: { Keys: key, ...images, SequenceNumber: String(++sequence) } }];
    });
  }
}
