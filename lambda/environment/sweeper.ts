import { resources } from './contract.ts';

/** What the sweeper function is told. */
export const sweeperEnvironment = resources('changePointsTable', 'pendingIndex', 'topicArn');
