import { resources } from './contract.ts';

/** The environment variables of the digest function. */
export const digestEnvironment = resources('changePointsTable', 'peopleTopicArn', 'digestQueueUrl');
