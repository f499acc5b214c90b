import { optionalTextSetting } from '../../lambda/setting-row.ts';

/** The setting of a bus for change points. */
export const busSettings = {
  /** EventBridge, `PutEvents`: EventBusName. */
  eventBus: optionalTextSetting({
    without: 'none',
    pattern: /^(arn:aws[\w-]*:events:[a-z\d-]+:\d{12}:event-bus\/)?[/.\-_A-Za-z0-9]{1,256}$/,
    rule: 'the ARN of a bus, or 1 to 256 of the characters a-z A-Z 0-9 / . - _',
    meaning: 'bus of EventBridge that gets each change point as an event: a name, an ARN, or `default`',
  }),
};
