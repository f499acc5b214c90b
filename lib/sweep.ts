import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { sweeperEnvironment } from '../lambda/environment/sweeper.ts';
import { deploymentLimits } from './deployment-limits.ts';
import { grant, pipelineFunction } from './pipeline-function.ts';
import type { StorageProps } from './storage.ts';
import { changePointsTableSchema } from './table-schemas.ts';

export interface SweepProps extends Pick<StorageProps, 'encryptionKey'> {
  readonly changePointsTable: Table;
  readonly topic: ITopic;
}

/**
 * The sweeper on its schedule: tells what a failure left untold, even if its series has no further event.
 *
 * A sweep that fails is not repeated: the next one comes anyway.
 */
export function sweeper(
  scope: Construct,
  { changePointsTable, topic, encryptionKey }: SweepProps,
): IFunction {
  const { name } = changePointsTableSchema.pendingIndex;
  const interval = Duration.minutes(deploymentLimits.sweeper.everyMinutes);
  const sweeper = pipelineFunction(scope, 'Sweeper', {
    description: 'Announces change points that a failure left unannounced',
    entry: 'sweeper.lambda.ts',
    limits: deploymentLimits.sweeper.function,
    encryptionKeys: [encryptionKey, topic.masterKey],
    environment: sweeperEnvironment.write({
      changePointsTable: changePointsTable.tableName,
      pendingIndex: name,
      topicArn: topic.topicArn,
    }),
  });
  // Else Lambda repeats a failed sweep twice, the second time beside the next one, and keeps one that it cannot start for hours.
  sweeper.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: interval });
  grant(sweeper, ['dynamodb:Scan'], `${changePointsTable.tableArn}/index/${name}`);
  grant(sweeper, ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'], changePointsTable.tableArn);
  grant(sweeper, ['sns:Publish'], topic.topicArn);
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
