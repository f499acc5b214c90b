/** Lists of CloudWatch, each with the element that holds a name. */
const lists = { DescribeAlarms: 'AlarmName', ListDashboards: 'DashboardName' } as const;

/**
 * The names in a list of CloudWatch of what CloudFormation made for a stack, without the stack's name and without what makes them unique.
 *
 * It asks by hand: one list is no reason for a client of the SDK.
 */
export async function cloudWatchNames(
  endpoint: string,
  list: keyof typeof lists,
  stackName: string,
): Promise<readonly string[]> {
  const answer = await fetch(endpoint, {
    method: 'POST',
    // The emulator tells services apart by the scope of the signature, and does not check it.
    headers: { authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/monitoring/aws4_request' },
    body: new URLSearchParams({ Action: list, Version: '2010-08-01', MaxRecords: '100' }),
  });
  const xml = await answer.text();
  return [...xml.matchAll(new RegExp(`<${lists[list]}>([^<]+)`, 'g'))]
    .flatMap(([, name = '']) => (name.startsWith(`${stackName}-`) ? [name.slice(stackName.length + 1)] : []))
    .map((name) => name.replace(/[0-9A-F]{8}-[0-9A-F]+$/, ''))
    .sort();
}
