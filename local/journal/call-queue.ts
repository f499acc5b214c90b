import type { MessagingApp } from './messaging-app.ts';

/** Calls an action of SQS. @returns when it is answered, whatever the answer */
export async function callQueue(app: MessagingApp, action: string, request: object): Promise<void> {
  await app.inject({
    method: 'POST',
    url: '/',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${action}` },
    payload: JSON.stringify(request),
  });
}
