import { readFileSync } from 'node:fs';

/** What `cdk.json` puts into the context: CDK's feature flags. */
export const cdkContext: Readonly<Record<string, unknown>> = JSON.parse(
  readFileSync('cdk.json', 'utf8'),
).context;
