import {
  AuthorizationErrorException,
  InternalErrorException,
  InvalidParameterException,
  InvalidParameterValueException,
  KMSDisabledException,
  NotFoundException,
  type PublishCommand,
  type PublishCommandInput,
  type SNSClient,
  ThrottledException,
  ValidationException,
} from '@aws-sdk/client-sns';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changePointIn } from '../../../lambda/notify/change-point-in.ts';
import { topicNotifier } from '../../../lambda/notify/notifier.ts';
import { DamagedError, isRefusedAsInvalid } from '../../../lambda/notify/set-aside.ts';
import { aChangePoint } from '../a-change-point.ts';
import { hostile } from '../any-stored.ts';

/** What is sent of a change point, or why nothing is. */
async function sent(changePoint: object): Promise<PublishCommandInput | DamagedError> {
  const inputs: PublishCommandInput[] = [];
  const client = { send: async ({ input }: PublishCommand) => void inputs.push(input) };
  const notifier = topicNotifier(client as unknown as SNSClient, 'arn');
  try {
    await notifier.publish(
      changePoint as Parameters<typeof notifier.publish>[0],
      new AbortController().signal,
    );
  } catch (error) {
    expect(error).toBeInstanceOf(DamagedError);
    expect(inputs).toEqual([]);
    return error as DamagedError;
  }
  expect(inputs).toHaveLength(1);
  return inputs[0] as PublishCommandInput;
}

test.each<[object, string]>([
  [{ magnitude: '9' }, 'magnitude must be a number, got "9"; correct it in the item'],
  [{ pValue: undefined }, 'pValue must be a number, got undefined; correct it in the item'],
  [{ magnitude: Number.NaN }, 'magnitude must be a number, got null; correct it in the item'],
  [{ direction: new Set(['up']) }, "direction must be 'up' or 'down', got {}; correct it in the item"],
  [{ kind: 'jump' }, 'kind must be one of shift, drift, unsure, got "jump"; correct it in the item'],
  [{ changedTo: 7 }, 'changedTo must be a text that can be shown, got 7; correct it in the item'],
  [{ before: [] }, 'no text can be made of its levels, trend and options; correct them in the item'],
])(
  'a damaged change point is not published, and the error says what to correct: %o',
  async (damage, message) => {
    expect(await sent({ ...aChangePoint(), ...damage })).toEqual(new DamagedError(message));
  },
);

// Names of attributes and their values have rules: https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html
test('whatever an item holds: what is sent of it is a change point with whole attributes, or nothing is', async () => {
  const more = { kind: 'shift', changedFrom: '', trend: {}, retractedAt: '', muted: true, rule: '' };
  const fields = Object.keys({ ...aChangePoint(), ...more });
  const edits = fc.dictionary(fc.constantFrom(...fields), fc.oneof(hostile, fc.string({ unit: 'binary' })), {
    maxKeys: 3,
  });
  await fc.assert(
    fc.asyncProperty(edits, async (edited) => {
      const found = await sent({ ...aChangePoint(), ...edited });
      if (found instanceof DamagedError) return;
      expect(changePointIn(found.Message ?? '')).toBeDefined();
      for (const { DataType, StringValue } of Object.values(found.MessageAttributes ?? {})) {
        expect(StringValue).toMatch(DataType === 'Number' ? /^-?\d/ : /./);
        expect(Number.isFinite(Number(StringValue)) || DataType === 'String').toBe(true);
      }
    }),
  );
});

const said = (message: string) => ({ message, $metadata: {} });

// "Amazon SNS returns an InvalidParameter error on publish": https://docs.aws.amazon.com/sns/latest/dg/large-message-payloads.html
test.each<[boolean, Error]>([
  [true, new InvalidParameterException(said('Invalid parameter: Message too long'))],
  [true, new InvalidParameterValueException(said('The message attribute is invalid'))],
  [true, new ValidationException({ ...said(''), Message: undefined })],
  [false, new InvalidParameterException(said('Invalid parameter: TopicArn'))],
  [false, new InvalidParameterException(said('Invalid parameter: The MessageGroupId parameter is required'))],
  [
    false,
    new InvalidParameterException(
      said('Invalid parameter: The topic should either have ContentBasedDeduplication enabled'),
    ),
  ],
  [false, new ThrottledException(said(''))],
  [false, new InternalErrorException(said(''))],
  [false, new AuthorizationErrorException(said(''))],
  [false, new NotFoundException(said(''))],
  [false, new KMSDisabledException(said(''))],
  [false, new TypeError('fetch failed')],
])('that a message is at fault is %s: %s', (isAtFault, error) => {
  expect(isRefusedAsInvalid(error)).toBe(isAtFault);
});
