import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { SQSBatchResponse } from 'aws-lambda';
import { eventBridgeClient } from '../clients.ts';
import type { QueueRecord } from '../digest/delivery.ts';
import { forwarderEnvironment } from '../environment/forwarder.ts';
import type { FunctionReport } from '../function-report.ts';
import { processingLimits } from '../processing-limits.ts';
import type { Environment } from '../settings.ts';
import { realSurroundings, type Surroundings } from '../surroundings.ts';
import { busEvent, callsOf, type Forwarded } from './bus-event.ts';
import { busIsGone } from './bus-is-gone.ts';

export type ForwarderHandler = (event: {
  readonly Records: readonly QueueRecord[];
}) => Promise<SQSBatchResponse>;

/**
 * The forwarder function: puts the change points of its queue, which the topic fills, as events on a bus of EventBridge.
 *
 * A change point counts as forwarded when its message leaves the queue. Only what the bus refuses comes again, or everything while there is no such
 * bus. If an answer is lost, an event is put twice; its detail has the `id` of the change point. The topic does not depend on any of this.
 *
 * @param environment - as `forwarderEnvironment` writes it
 * @throws RangeError naming the variable that is missing
 */
export function forwarderHandler(
  environment: Environment,
  report: FunctionReport,
  surroundings: Surroundings = realSurroundings,
): ForwarderHandler {
  const { eventBus } = forwarderEnvironment.read(environment);
  const client = eventBridgeClient(environment, surroundings);

  return async ({ Records }) => {
    const forwarded = Records.flatMap((record) => {
      const event = busEvent(record.body);
      return event === undefined ? [] : [{ record, event }];
    });
    let refused: Forwarded[] = [];
    const left = [...callsOf(forwarded)];
    for (let call = left.shift(); call !== undefined; call = left.shift()) {
      const { failed, error, isDown } = await putCall(call, eventBus, client, surroundings);
      refused.push(...failed);
      if (error !== undefined) report({ step: 'forwarder', error });
      // The others come again, too.
      if (isDown) refused.push(...left.splice(0).flat());
    }
    // Afterwards: a bus that is there now has got what it took before.
    if (refused.length < forwarded.length && (await busIsGone(eventBus, client, surroundings))) {
      refused = forwarded;
      const error = new RangeError(
        `eventBus must be a bus that exists, got '${eventBus}', and what is put there is lost: make it, or change the setting`,
      );
      report({ step: 'forwarder', error });
    }
    report({
      step: 'forwarder',
      forwarded: forwarded.length - refused.length,
      refused: refused.length,
      foreign: Records.length - forwarded.length,
    });
    return { batchItemFailures: refused.map(({ record }) => ({ itemIdentifier: record.messageId })) };
  };
}

/** PutEvents succeeds even if it takes none of its entries: each entry of its answer says what became of one. */
async function putCall(
  call: readonly Forwarded[],
  bus: string,
  client: EventBridgeClient,
  { deadline }: Pick<Surroundings, 'deadline'>,
): Promise<{ readonly failed: readonly Forwarded[]; readonly error?: unknown; readonly isDown: boolean }> {
  try {
    const Entries = call.map(({ event }) => ({ ...event, EventBusName: bus }));
    const abortSignal = deadline(processingLimits.publishMs);
    const answer = await client.send(new PutEventsCommand({ Entries }), { abortSignal });
    const results = answer.Entries ?? [];
    const failed = call.filter((_, index) => results[index]?.EventId === undefined);
    if (failed.length === 0) return { failed, isDown: false };
    const { ErrorCode, ErrorMessage } = results.find(({ EventId }) => EventId === undefined) ?? {};
    return {
      failed,
      isDown: false,
      error: new Error(
        `the event bus refused ${failed.length} of ${call.length}: ${ErrorCode} ${ErrorMessage}`,
      ),
    };
  } catch (error) {
    return { failed: call, error, isDown: true };
  }
}
