/** A request to SNS is a form. */
export type Form = Readonly<Record<string, string>>;

/**
 * What a queue gets of a message, as SQS is sent it.
 *
 * Source: https://docs.aws.amazon.com/sns/latest/dg/sns-sqs-as-subscriber.html
 */
export function notification(form: Form, MessageId: string): object {
  const { TopicArn, Subject, Message } = form;
  const Timestamp = new Date().toISOString();
  const MessageAttributes = attributesIn(form, (Type, text, binary) => ({ Type, Value: text ?? binary }));
  const envelope = {
    Type: 'Notification',
    MessageId,
    TopicArn,
    Subject,
    Message,
    Timestamp,
    MessageAttributes,
  };
  return { MessageBody: JSON.stringify(envelope) };
}

/** Source: https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html */
export function rawMessage(form: Form): object {
  const MessageAttributes = attributesIn(form, (DataType, StringValue, BinaryValue) => ({
    DataType,
    ...(StringValue === undefined ? { BinaryValue } : { StringValue }),
  }));
  return { MessageBody: form.Message, MessageAttributes };
}

/** The attributes of a message by their names. */
function attributesIn(
  form: Form,
  written: (type: string | undefined, text: string | undefined, binary: string | undefined) => object,
): Readonly<Record<string, object>> {
  const attributes: Record<string, object> = {};
  for (const [field, name] of Object.entries(form)) {
    const [, entry] = /^(MessageAttributes\.entry\.\d+)\.Name$/.exec(field) ?? [];
    if (entry === undefined) continue;
    const valueIn = (part: string) => form[`${entry}.Value.${part}`];
    attributes[name] = written(valueIn('DataType'), valueIn('StringValue'), valueIn('BinaryValue'));
  }
  return attributes;
}
