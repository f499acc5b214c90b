/** The part of Fastify, on which fauxqs runs, that is used here. */
interface QueueApp {
  addHook(name: 'preHandler', hook: (request: QueueRequest) => Promise<void>): void;
  addHook(
    name: 'onSend',
    hook: (request: QueueRequest, reply: unknown, payload: unknown) => Promise<unknown>,
  ): void;
}

interface QueueRequest {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** The URL of a queue in fauxqs, up to its path. */
const named = /http:\/\/sqs\.[\w-]+\.localhost(?=:\d+\/)/g;
/** The URL of a queue as it is told, up to its path. */
const told = /^http:\/\/(?:localhost|127(?:\.\d{1,3}){3})(?=:\d+\/)/i;
/** Where fauxqs has the queues of a request without a signature. */
const defaultRegion = 'us-east-1';
const tellsUrls = /^AmazonSQS\.(?:CreateQueue|GetQueueUrl|ListQueues)$/;

/**
 * Tells URLs of queues with the host of this server.
 *
 * fauxqs tells `http://sqs.us-east-1.localhost:<port>/…`. Most machines do not know that name, this server answers no request that
 * names it, and an SDK whose endpoint comes from the environment sends what concerns a queue to the host of its URL.
 */
export function tellOwnQueueUrls(app: QueueApp): void {
  app.addHook('preHandler', async ({ headers, body }) => {
    const request = body as { QueueUrl?: unknown } | null | undefined;
    if (typeof request?.QueueUrl === 'string')
      request.QueueUrl = request.QueueUrl.replace(told, `http://sqs.${regionOf(headers)}.localhost`);
  });
  app.addHook('onSend', async ({ headers }, _, payload) => {
    if (typeof payload !== 'string' || !tellsUrls.test(String(headers['x-amz-target']))) return payload;
    const host = String(headers.host).replace(/:\d+$/, '');
    return payload.replace(named, () => `http://${host}`);
  });
}

/** The region of the signature, in which fauxqs has a queue. */
function regionOf({ authorization }: QueueRequest['headers']): string {
  const [, region = defaultRegion] = /Credential=[^/]+\/\d+\/([\w-]+)\//.exec(String(authorization)) ?? [];
  return region;
}
