import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

/** A queue whose messages are JSON. */
export interface NewQueue<Message> {
  readonly arn: string;
  /** Takes everything that waits in it. */
  take(): Promise<readonly Message[]>;
}

export async function newQueue<Message>(sqs: SQSClient, name: string): Promise<NewQueue<Message>> {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  return {
    arn: Attributes?.QueueArn ?? '',
    async take() {
      const taken: Message[] = [];
      for (;;) {
        const answer = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
        if (answer.Messages === undefined || answer.Messages.length === 0) return taken;
        for (const { Body = '', ReceiptHandle } of answer.Messages) {
          taken.push(JSON.parse(Body));
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        }
      }
    },
  };
}
