import type { Scenario } from '../harness/scenario.ts';

const PEOPLE = ['U0BEN', 'U0ANA', 'U0DORA'];
const EMOJI = ['pushpin', 'pushpin', 'mega', 'bulb', 'pushpin', 'eyes'];

/** Everybody is in the channel, and ten messages of before are in the timeline. */
export async function before({ slack, quiet }: Scenario, channel: string): Promise<string[]> {
  const { name } = slack.channel(channel);
  for (const person of PEOPLE) if (!slack.members(channel).includes(person)) slack.join(person, name);
  const said = Array.from({ length: 10 }, (_, index) =>
    slack.say('U0BEN', channel, `Known before, ${index}`),
  );
  await quiet();
  for (const { ts } of said) slack.react('U0ANA', channel, ts, 'pushpin');
  await quiet();
  return said.map(({ ts }) => ts);
}

/**
 * 300 messages in 20 threads, 60 reactions, 10 edits, 10 deletes. Of what is deleted, half was in the timeline
 * before; nobody could know of a message that was written, marked and deleted while the bot was away.
 */
export function conversation({ slack }: Scenario, channel: string, known: readonly string[]): void {
  const said: { ts: string; author: string }[] = [];
  for (let thread = 0; thread < 20; thread += 1) {
    const author = PEOPLE[thread % 3] ?? '';
    const parent = slack.say(
      author,
      channel,
      `Thread ${thread}: what *is* this? <https://a.example/${thread}>`,
    );
    said.push({ ts: parent.ts, author });
    for (let reply = 1; reply < 15; reply += 1) {
      const by = PEOPLE[(thread + reply) % 3] ?? '';
      const words = `Reply ${thread}.${reply} \`code\`\n> quoted`;
      const broadcast = reply === 7;
      said.push({ ts: slack.say(by, channel, words, { threadTs: parent.ts, broadcast }).ts, author: by });
    }
  }
  for (let index = 0; index < 60; index += 1) {
    const message = said[(index * 7) % 290];
    const person = PEOPLE[(index + 1) % 3] ?? '';
    if (message) slack.react(person, channel, message.ts, EMOJI[index % EMOJI.length] ?? 'pushpin');
  }
  // Somebody changes their mind, before and in the gap.
  const [first = '', second = ''] = known;
  slack.unreact('U0ANA', channel, first, 'pushpin');
  slack.unreact('U0ANA', channel, second, 'pushpin');
  slack.react('U0ANA', channel, second, 'pushpin');
  for (let index = 1; index <= 4; index += 1) {
    slack.edit('U0BEN', channel, known[index] ?? '', `Known better, ${index}`);
  }
  for (let index = 0; index < 6; index += 1) {
    const message = said[index * 14];
    if (message) slack.edit(message.author, channel, message.ts, `Edited meanwhile, ${index}`);
  }
  for (let index = 0; index < 5; index += 1) {
    slack.remove('U0BEN', channel, known[index + 5] ?? '');
    const gone = said[298 - index];
    if (gone) slack.remove(gone.author, channel, gone.ts);
  }
}
