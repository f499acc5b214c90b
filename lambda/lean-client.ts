import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { getSchemaSerdePlugin } from '@smithy/core/schema';

/** What no call needs: nobody reads a log of calls, the user agent serves AWS's statistics, and a table calls no function, so that there are no loops to detect. */
const needlessMiddleware = ['loggerMiddleware', 'getUserAgentMiddleware', 'recursionDetectionMiddleware'];

/**
 * Leaves out what the SDK does for each call to a table without need, which takes much of the processor time of a call.
 *
 * That is some middleware, and copies of the client's configuration, which has more than 50 properties. The SDK makes a copy to write
 * each request, one to read each answer and one for each signature.
 */
export function makeLean(client: DynamoDBClient): void {
  const { config, middlewareStack } = client;
  for (const name of needlessMiddleware) middlewareStack.remove(name);
  const { protocol, requestHandler, disableHostPrefix, urlParser } = config;
  const { base64Encoder, base64Decoder, utf8Encoder, utf8Decoder, streamCollector } = config;
  const functions = { base64Encoder, base64Decoder, utf8Encoder, utf8Decoder, streamCollector };
  // The plugin replaces that of the client, which copies the whole configuration.
  middlewareStack.use(
    getSchemaSerdePlugin({ ...functions, protocol, requestHandler, disableHostPrefix, urlParser }),
  );
  const newSigner = config.signer;
  let signer: ReturnType<typeof newSigner> | undefined;
  // All calls have one region and one service. The signer asks for the credentials at each call, so it learns of new ones.
  config.signer = (scheme) => {
    signer ??= newSigner(scheme);
    return signer;
  };
}
