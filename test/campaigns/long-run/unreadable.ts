import type { GeneratedEvent } from '../../../cli/produce/traffic.ts';
import { keptObjects } from '../../../cli/quarantine/bucket.ts';
import type { Clients } from '../../../local/clients.ts';
import { names } from '../../../local/resources.ts';

/** What is put: an event, or a record that the recorder sets aside. */
export type Put = Omit<GeneratedEvent, 'value'> & { readonly value: number | string };

/** One record of so many cannot be read. */
const every = 250;

/** Events, and among them records without a number, each with a text of its own. */
export function* withUnreadable(events: Iterable<GeneratedEvent>): Generator<Put> {
  let count = 0;
  for (const event of events) {
    yield event;
    count++;
    if (count % every === 0) yield { ...event, value: `unreadable ${count / every}` };
  }
}

/** Of so many events, how many such records are among them. */
export function unreadableAmong(events: number): number {
  return Math.floor(events / every);
}

/** The texts of such records that are in the quarantine. One that was put again after a kill may be there twice. */
export async function unreadableIn({ s3 }: Clients): Promise<ReadonlySet<string>> {
  const objects = keptObjects(s3, names.quarantineBucket);
  const texts = new Set<string>();
  for await (const key of objects.keys()) {
    const found = await objects.read(key);
    if (found?.kept?.kind !== 'record') throw new Error(`${key} is no record that was set aside`);
    texts.add(JSON.parse(Buffer.from(found.kept.data, 'base64').toString()).value);
  }
  return texts;
}
