import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { expect, test } from 'vitest';
import { ChangePointDetectionStack } from '../../lib/change-point-detection-stack.ts';
import { settingsFromContext } from '../../lib/settings.ts';
import { useFolder } from '../use/folder.ts';
import { cdkContext } from './cdk-context.ts';

const folder = useFolder('for each test');

/** What the packs find, and why it stays. */
const accepted: readonly (readonly [finding: string, where: readonly string[], reason: string])[] = [
  [
    'AwsSolutions-S1',
    ['Ingestion/QuarantineBucket'],
    'Only the functions and Lambda write here; who reads is in CloudTrail. A second bucket for access logs has no reader.',
  ],
  [
    'AwsSolutions-IAM5[Resource::<QuarantineBucket.Arn>/*]',
    ['Ingestion/RecorderRole/DefaultPolicy', 'Detection/DetectorRole/DefaultPolicy'],
    'Lambda checks for the right to put any object when a mapping with this destination is made.',
  ],
  [
    'AwsSolutions-IAM5[Resource::<QuarantineBucket.Arn>/quarantine/*]',
    ['Ingestion/RecorderRole/DefaultPolicy'],
    'An object is named for its record, so the names are not known before.',
  ],
  [
    'AwsSolutions-IAM5[Resource::*]',
    [
      'Ingestion/RecorderRole/DefaultPolicy',
      'Detection/DetectorRole/DefaultPolicy',
      'Detection/SweeperRole/DefaultPolicy',
      'Detection/DigestRole/DefaultPolicy',
    ],
    'X-Ray knows no resource to name.',
  ],
  [
    'Serverless-LambdaDLQ',
    ['Ingestion/Recorder', 'Detection/Detector', 'Detection/Sweeper', 'Detection/Digest'],
    'A dead-letter queue keeps what an asynchronous call was given. Of a stream the mapping keeps that in the bucket, and the queue of the digest has one of its own; a sweep is given nothing.',
  ],
  [
    'Serverless-LambdaAsyncFailureDestination',
    ['Detection/Sweeper/EventInvokeConfig'],
    'A sweep is given nothing that could be kept, an alarm tells that it failed, and the next one does all of it again.',
  ],
  [
    'Serverless-LambdaEventSourceMappingDestination',
    ['Detection/Digest/Messages'],
    'Of a queue the mapping takes no destination: what fails goes from the queue to that of what is not told.',
  ],
  [
    'Serverless-SQSRedrivePolicy',
    ['Detection/NotTold'],
    'It is itself where messages go that could not be told, and an alarm tells of the first.',
  ],
  [
    'Serverless-EventBusDLQ',
    ['Detection/SweepSchedule'],
    'What cannot be delivered is the start of a sweep, and the next one is due in a minute.',
  ],
];

interface Report {
  readonly pluginReports: readonly {
    readonly violations: readonly {
      readonly ruleName: string;
      readonly violatingConstructs: readonly { readonly constructPath: string }[];
    }[];
  }[];
}

/** What comes with an option. */
const withEmail: typeof accepted = [
  [
    'Serverless-SNSRedrivePolicy',
    ['Detection/PeopleTopic/me@example.org', 'Monitoring/Alarms/me@example.org'],
    'Nobody works off a queue of mails; the change points are in the table, the alarms in CloudWatch.',
  ],
];
const withBus: typeof accepted = accepted.map(([finding, where, reason]) => {
  const beside: Readonly<Record<string, string>> = {
    'Detection/Digest': 'Detection/Forwarder',
    'Detection/DigestRole/DefaultPolicy': 'Detection/ForwarderRole/DefaultPolicy',
    'Detection/Digest/Messages': 'Detection/Forwarder/Messages',
    'Detection/NotTold': 'Detection/NotForwarded',
  };
  return [finding, where.flatMap((one) => [one, beside[one] ?? []].flat()), reason];
});
const withKey: typeof accepted = [
  [
    'AwsSolutions-KDS3',
    ['Ingestion/Stream'],
    'The point of the option is a key that is not the one of Kinesis.',
  ],
];

const withoutRecovery: typeof accepted = [
  ['AwsSolutions-DDB3', ['Ingestion/EventsTable'], 'The point of the option is not to pay for it.'],
];

test.each([
  ['by default', {}, []],
  [
    'with provisioned tables, without recovery of the events',
    { tableCapacity: '100', eventsRecovery: 'off', recorderReservedConcurrency: '10' },
    withoutRecovery,
  ],
  ['with fan-out, on demand', { enhancedFanOut: 'on', shardLevelMetrics: 'on', shards: 'on-demand' }, []],
  ['with an event bus', { eventBus: 'plant' }, withBus],
  ['with an e-mail address', { email: 'me@example.org' }, withEmail],
  ['to be destroyed with its data', { removal: 'destroy' }, []],
  ['with a key of its own', { customerManagedKey: 'on', deletionProtection: 'on' }, withKey],
])('%s cdk-nag finds what is accepted with a reason and no more', (_, settings, more) => {
  const byFinding = new Map([...accepted, ...more].map(([finding, where]) => [finding, [...where].sort()]));
  const explained = [...byFinding];
  expect(findings(settings)).toEqual(explained.sort());
});

/** Each finding of both packs with the constructs it is about, hashes and the words that all have in common left out. */
function findings(
  settings: Readonly<Record<string, string>>,
): readonly (readonly [string, readonly string[]])[] {
  const app = new App({ outdir: folder, context: { ...cdkContext, 'aws:cdk:bundling-stacks': [] } });
  new ChangePointDetectionStack(app, 'Test', { settings: settingsFromContext(settings) });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  expect(() => app.synth()).toThrow('validation-report.json');
  const report: Report = JSON.parse(readFileSync(join(folder, 'validation-report.json'), 'utf8'));
  const found = report.pluginReports.flatMap(({ violations }) =>
    violations.map(
      ({ ruleName, violatingConstructs }) =>
        [
          ruleName.replace(/<Ingestion(\w+?)[0-9A-F]{8}\./, '<$1.'),
          violatingConstructs
            .map(({ constructPath }) =>
              constructPath.replace(/^Test\/Default\//, '').replace(/\/Resource$/, ''),
            )
            .sort(),
        ] as const,
    ),
  );
  return found.sort();
}
