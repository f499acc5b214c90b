import { Construct } from 'constructs';
import { Detection, type DetectionOptions } from './detection.ts';
import { Ingestion, type IngestionProps } from './ingestion.ts';
import { Monitoring, type MonitoringOptions } from './monitoring.ts';

/** The settings of the service. Each has a default. */
export interface ChangePointDetectionProps extends IngestionProps, DetectionOptions, MonitoringOptions {}

/**
 * Change-point detection as a service: records in at the stream, change points out at the topic.
 *
 * @example
 * const detection = new ChangePointDetection(this, 'Detection', { detector: { practicalThreshold: 0.5 } });
 * detection.stream.grantWrite(producer);
 * detection.topic.addSubscription(new SqsSubscription(queue));
 */
export class ChangePointDetection extends Construct {
  readonly ingestion: Ingestion;
  readonly detection: Detection;
  readonly monitoring: Monitoring;

  constructor(scope: Construct, id: string, props: ChangePointDetectionProps = {}) {
    super(scope, id);
    this.ingestion = new Ingestion(this, 'Ingestion', props);
    this.detection = new Detection(this, 'Detection', { ...props, ingestion: this.ingestion });
    this.monitoring = new Monitoring(this, 'Monitoring', {
      ...props,
      ingestion: this.ingestion,
      detection: this.detection,
    });
  }

  /** Put records here. */
  get stream() {
    return this.ingestion.stream;
  }

  /** Subscribe machines here: it carries each change point, as JSON. */
  get topic() {
    return this.detection.topic;
  }

  /** Subscribe people here: it tells in one message what came together. */
  get peopleTopic() {
    return this.detection.people.topic;
  }
}
