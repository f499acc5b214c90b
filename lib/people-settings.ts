import { integerSetting, optionalTextSetting } from '../lambda/setting-row.ts';
import { deploymentLimits } from './deployment-limits.ts';

/** The settings of the notifications to people. */
export const peopleSettings = {
  /** SNS, `CreateTopic`: Name, of a topic that is not FIFO. */
  peopleTopicName: optionalTextSetting({
    without: 'made by CloudFormation',
    pattern: /^[A-Za-z0-9_-]{1,256}$/,
    rule: '1 to 256 of the characters a-z A-Z 0-9 _ -',
    meaning: 'name of the topic of people',
    differsFrom: ['topicName'],
  }),
  /** Lambda's own limits for the window of a queue's batches. */
  digestSeconds: integerSetting({
    least: 0,
    most: 300,
    unit: 'seconds',
    default: deploymentLimits.digest.windowSeconds,
    meaning:
      'how long change points are gathered for one message to people; with 0 a message is sent at once, of up to ten change points',
  }),
};
