import type {
  DynamoDBBatchResponse,
  KinesisStreamBatchResponse,
  KinesisStreamEvent,
  SQSBatchResponse,
} from 'aws-lambda';
import { type DetectorHandler, detectorHandler } from '../../../lambda/detector/detector.ts';
import { type DigestHandler, digestHandler } from '../../../lambda/digest/digest.ts';
import { sweeperHandler } from '../../../lambda/notify/sweeper.ts';
import { recorderHandler } from '../../../lambda/recorder/recorder.ts';
import { FaultPlan } from './fault-plan.ts';
import { Instances, type Surface } from './instances.ts';
import type { Schedule } from './schedule.ts';

type DetectorEvent = Parameters<DetectorHandler>[0];

const silent = () => {};

/** The sizes of a schedule, one after another. */
function waveSizes({ waveSizes: sizes }: Schedule): () => number {
  let waves = 0;
  return () => sizes[waves++ % sizes.length] ?? 1;
}

/** The functions, each in instances that meet the faults of a schedule. */
export function functionsUnderFaults(schedule: Schedule, surface: Surface) {
  const plans = {
    recorder: new FaultPlan(schedule.recorderFaults),
    detector: new FaultPlan(schedule.detectorFaults),
    sweeper: new FaultPlan(schedule.sweeperFaults),
    digest: new FaultPlan(schedule.digestFaults),
  };
  return {
    plans,
    recorders: new Instances<KinesisStreamEvent, KinesisStreamBatchResponse>(
      {
        name: 'recorder',
        plan: plans.recorder,
        create: (environment, around) =>
          recorderHandler(environment, silent, { ...around, waveSize: waveSizes(schedule) }),
      },
      surface,
    ),
    detectors: new Instances<DetectorEvent, DynamoDBBatchResponse>(
      {
        name: 'detector',
        plan: plans.detector,
        create: (environment, around) => detectorHandler(environment, silent, around),
      },
      surface,
    ),
    sweepers: new Instances<undefined, void>(
      {
        name: 'sweeper',
        plan: plans.sweeper,
        create: (environment, around) => sweeperHandler(environment, silent, around),
      },
      surface,
    ),
    digests: new Instances<Parameters<DigestHandler>[0], SQSBatchResponse>(
      {
        name: 'digest',
        plan: plans.digest,
        create: (environment, around) => digestHandler(environment, silent, around),
      },
      surface,
    ),
  };
}
