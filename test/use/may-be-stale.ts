/** The operations that read one table. */
const reads = ['GetItem', 'Query', 'Scan'];

/**
 * Whether DynamoDB may answer a call without the last writes. Reads of an index always may: who makes them knows, and they are left out.
 *
 * @param operation - as DynamoDB's protocol names it
 * @param body - JSON
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.ReadConsistency.html
 */
export function mayBeStale(operation: string, body: string): boolean {
  if (!reads.includes(operation)) return false;
  const { ConsistentRead = false, IndexName } = JSON.parse(body);
  return !ConsistentRead && IndexName === undefined;
}
