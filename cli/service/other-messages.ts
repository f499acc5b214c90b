import { subjectStart } from '../../lambda/notify/message.ts';
import { withoutControls } from '../../lambda/printable.ts';
import type { OtherMessage } from '../../local/notifications.ts';

const wanted =
  "`aed watch` takes the topic of change points: the stack's output TopicArn, or AED_TOPIC of `aed local`";

/** Whether a message is what people are told: one change point, or several together. */
export function isToPeople({ subject = '' }: OtherMessage): boolean {
  return subject.startsWith(subjectStart);
}

/** A message to people as it reads, under its subject. */
export function peopleText({ subject = '', text }: OtherMessage): string {
  const lines = [subject, ...text.trimEnd().split('\n')];
  return `${lines.map(withoutControls).join('\n')}\n\n`;
}

/** Says once of each kind of message that is no change point what it is. @returns a function that takes each of them */
export function sayOnce(say: (note: string) => void): (message: OtherMessage) => void {
  const said = new Set<boolean>();
  return (message) => {
    const isForPeople = isToPeople(message);
    if (said.has(isForPeople)) return;
    said.add(isForPeople);
    say(
      isForPeople
        ? `note: this topic has digests for people, which are no change points; ${wanted}\n`
        : `note: a message came that is no change point; ${wanted}\n`,
    );
  };
}
