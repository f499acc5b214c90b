import { randomUUID } from 'node:crypto';
import { UnsubscribeCommand } from '@aws-sdk/client-sns';
import { DeleteQueueCommand } from '@aws-sdk/client-sqs';
import { hasTime, timeOfEventKey } from '../../lambda/event.ts';
import { detectorOptionsFromEnvironment } from '../../lambda/settings.ts';
import type { TableStreamRecord } from '../../local/emulators/table-stream.ts';
import type { Pipeline } from '../../local/pipeline.ts';
import { names, subscribeQueue } from '../../local/resources.ts';
import { countPath } from './path-counter.ts';
import type { ReadingNews, TopicQueue, WatchedService } from './watched-service.ts';

/** A pipeline in this process. Its table's stream tells of every reading at once. */
export function pipelineService(pipeline: Pipeline): WatchedService {
  const { clients, environment, tableStream } = pipeline;
  return {
    tables: {
      dynamoDb: clients.dynamoDb,
      eventsTable: names.eventsTable,
      changePointsTable: names.changePointsTable,
      rulesTable: names.rulesTable,
    },
    sqs: clients.sqs,
    options: detectorOptionsFromEnvironment(environment),
    subscribe: () => subscribeToTopic(pipeline),
    onReading: (listener) => tableStream.onRecord((record) => listener(newsIn(record))),
    follow: () => () => {},
    countPath: () => countPath(pipeline),
    isPolled: false,
  };
}

async function subscribeToTopic({ clients, resources }: Pipeline): Promise<TopicQueue> {
  const queue = await subscribeQueue(clients, resources.topicArn, `aed-live-page-${randomUUID()}`);
  return {
    queueUrl: queue.queueUrl,
    async remove() {
      await clients.sns.send(new UnsubscribeCommand({ SubscriptionArn: queue.subscriptionArn }));
      await clients.sqs.send(new DeleteQueueCommand({ QueueUrl: queue.queueUrl }));
    },
  };
}

/** What a record of the events table's stream tells the page. */
export function newsIn({
  eventName,
  dynamodb: { Keys = {}, NewImage = {} },
}: TableStreamRecord): ReadingNews {
  const [seriesId = '', eventKey = '', value] = [Keys.seriesId?.S, Keys.eventKey?.S, NewImage.value?.N];
  const isNew = eventName === 'INSERT';
  // What was written by hand may be no reading.
  if (eventName === 'REMOVE' || value === undefined || !hasTime(eventKey))
    return { seriesId, isNew, removed: eventKey };
  const time = Date.parse(timeOfEventKey(eventKey));
  return { seriesId, isNew, reading: { seriesId, eventKey, time, value: Number(value) } };
}
