import { fieldSettings } from '../../lambda/field-settings.ts';
import { localIdentity } from '../../local/clients.ts';
import { names } from '../../local/resources.ts';
import { defaultRecordSettings, recordVariable } from '../record-flags.ts';
import type { LocalState } from './state-file.ts';

/** The variables by which the AWS CLI, SDKs and this tool find a service on this machine. */
export function environmentOf(state: LocalState): Readonly<Record<string, string>> {
  const { endpoints, lambdaEndpoint, stream, topicArn, peopleTopicArn } = state;
  const { eventsTable, changePointsTable, rulesTable } = state;
  return {
    AWS_REGION: localIdentity.region,
    // Version 1 of the AWS CLI, and boto3, know the region by this name only.
    AWS_DEFAULT_REGION: localIdentity.region,
    AWS_ACCESS_KEY_ID: localIdentity.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: localIdentity.credentials.secretAccessKey,
    AWS_ENDPOINT_URL_KINESIS: endpoints.kinesis,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamoDb,
    AWS_ENDPOINT_URL_SNS: endpoints.messaging,
    AWS_ENDPOINT_URL_SQS: endpoints.messaging,
    AWS_ENDPOINT_URL_S3: endpoints.messaging,
    AWS_ENDPOINT_URL_LAMBDA: lambdaEndpoint,
    AED_STREAM: stream,
    AED_EVENTS_TABLE: eventsTable,
    AED_CHANGE_POINTS_TABLE: changePointsTable,
    AED_RULES_TABLE: rulesTable,
    AED_TOPIC: topicArn,
    AED_PEOPLE_TOPIC: peopleTopicArn,
    AED_QUARANTINE_BUCKET: names.quarantineBucket,
    AED_DETECTOR_FUNCTION: names.detectorFunction,
    ...recordVariables(state.records),
  };
}

/** The variables of the fields that have other names than usual. */
function recordVariables(records = defaultRecordSettings): Readonly<Record<string, string>> {
  const fields = Object.keys(fieldSettings) as readonly (keyof typeof fieldSettings)[];
  const own = fields.filter((field) => records[field] !== defaultRecordSettings[field]);
  return Object.fromEntries(own.map((field) => [recordVariable(field), records[field]]));
}

/** For a shell. */
export function environmentLines(state: LocalState): string {
  return Object.entries(environmentOf(state))
    .map(([name, value]) => `  export ${name}=${shellText(value)}`)
    .join('\n');
}

function shellText(text: string): string {
  return /^[\w:/.,@%+-]*$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
