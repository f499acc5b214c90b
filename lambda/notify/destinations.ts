import { snsClient } from '../clients.ts';
import type { Addresses } from '../environment/destinations.ts';
import type { Environment } from '../settings.ts';
import type { Surroundings } from '../surroundings.ts';
import { type CountingNotifier, countingNotifier, topicNotifier } from './notifier.ts';

/** The notifier of a function: it publishes to every destination that its environment names. */
export function notifierTo(
  { topicArn }: Addresses,
  environment: Environment,
  surroundings: Surroundings,
): CountingNotifier {
  return countingNotifier(topicNotifier(snsClient(environment, surroundings), topicArn));
}
