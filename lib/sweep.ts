import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { sweeperEnvironment } from '../lambda/environment/sweeper.ts';
import { deploymentLimits } from './deployment-limits.ts';
import type { Destinations } from './destinations.ts';
import type { AnyTable } from './given-table.ts';
import type { NetworkProps } from './network.ts';
import { grant, pipelineFunction } from './pipeline-function.ts';
import type { StorageProps } from './storage.ts';
import { changePointsTableSchema } from './table-schemas.ts';

export interface SweepProps extends Pick<StorageProps, 'encryptionKey'> {
  readonly changePointsTable: AnyTable;
  readonly destinations: Destinations;
  readonly network: NetworkProps;
}

/**
 * The sweeper on its schedule. It publishes the change points that the detector did not publish, even if their series has no further event.
 *
 * A failed sweep is not retried: the next one follows anyway.
 */
export function sweeper(
  scope: Construct,
  { changePointsTable, destinations, encryptionKey, network }: SweepProps,
): IFunction {
  const { name } = changePointsTableSchema.pendingIndex;
  const interval = Duration.minutes(deploymentLimits.sweeper.everyMinutes);
  const sweeper = pipelineFunction(scope, 'Sweeper', {
    description: 'Publishes change points that the detector did not publish',
    entry: 'sweeper.lambda.ts',
    limits: deploymentLimits.sweeper.function,
    encryptionKeys: [encryptionKey, changePointsTable.encryptionKey, ...destinations.encryptionKeys],
    network,
    environment: sweeperEnvironment.write({
      changePointsTable: changePointsTable.tableName,
      pendingIndex: name,
      ...destinations.addresses,
    }),
  });
  // By default Lambda retries a failed sweep twice, the second time while the next sweep runs. It also keeps a sweep that it
  // cannot start for hours.
  sweeper.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: interval });
  grant(sweeper, ['dynamodb:Scan'], `${changePointsTable.tableArn}/index/${name}`);
  grant(
    sweeper,
    ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
    changePointsTable.tableArn,
  );
  destinations.grantPublish(sweeper);
  new Rule(scope, 'SweepSchedule', {
    description: 'Starts the sweeper',
    schedule: Schedule.rate(interval),
    targets: [
      new LambdaFunction(sweeper, {
        retryAttempts: 0,
        maxEventAge: interval,
      }),
    ],
  });
  return sweeper;
}
