import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPage } from './page-fixture.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => existsSync(path),
);

if (!executablePath) {
  it('the page in a browser', ({ skip }) => skip('not looked at: no Chromium is installed'));
}

describe.skipIf(!executablePath)('the page in a browser', () => {
  let desk: Awaited<ReturnType<typeof openPage>>;
  let browser: Browser;
  let tab: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    desk = await openPage();
    browser = await chromium.launch({
      ...(executablePath ? { executablePath } : {}),
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
    });
    tab = await browser.newPage({ viewport: { width: 1200, height: 800 } });
    tab.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    tab.on('pageerror', (error) => complaints.push(error.message));
    await tab.goto(`${desk.page.url}/?as=U0ANA&in=${desk.slack.channel('incidents').id}`);
    await tab.waitForSelector('#composer');
  });
  afterAll(async () => {
    await browser?.close();
    await desk?.close();
  });

  it('shows what people and the bot wrote as words, whatever it looks like', async () => {
    const attack = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
    desk.slack.say('U0BEN', 'incidents', attack);
    const escaped = attack.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    await desk.web.chat.postMessage({
      channel: desk.slack.channel('incidents').id,
      text: 'card',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: attack } },
        { type: 'section', text: { type: 'mrkdwn', text: `*${escaped}* <javascript:alert(1)|press>` } },
        { type: 'markdown', text: `${attack}\n\n[press](javascript:alert(1))` },
      ],
    } as never);
    await tab.waitForSelector('.block-markdown');
    const words = (await tab.locator('.messages').textContent()) ?? '';
    expect(words.split(attack).length - 1).toBe(4);
    expect(await tab.locator('.messages img, .messages script, a[href^="javascript:"]').count()).toBe(0);
    expect(await tab.title()).toBe('A team');
  });

  it('sends with Enter, and starts a line with Shift+Enter', async () => {
    await tab.fill('#composer', 'first line');
    await tab.press('#composer', 'Shift+Enter');
    await tab.keyboard.type('second');
    await tab.press('#composer', 'Enter');
    await desk.slack.until(() =>
      desk.slack.messages('incidents').some((each) => each.text === 'first line\nsecond'),
    );
    await tab.waitForSelector('.message:has-text("second")');
    expect(await tab.inputValue('#composer')).toBe('');
  });

  it('reacts from the toolbar of a message and counts it', async () => {
    const { ts } = desk.slack.say('U0BEN', 'incidents', 'worth an entry');
    const message = tab.locator(`article[data-ts="${ts}"]`);
    await message.hover();
    await message.getByLabel('React with pushpin').click();
    await message.locator('.reaction.mine').waitFor();
    expect(desk.slack.messages('incidents').find((each) => each.ts === ts)?.reactions).toMatchObject([
      { name: 'pushpin', users: ['U0ANA'] },
    ]);
    await message.locator('.reaction').click();
    await message.locator('.reaction').waitFor({ state: 'detached' });
  });

  it('answers in a thread and keeps a half-typed answer while others write', async () => {
    const { ts } = desk.slack.say('U0BEN', 'incidents', 'who looks?');
    const row = tab.locator(`li:has(> div > article[data-ts="${ts}"])`);
    await row.locator('article').first().hover();
    await row.getByLabel('Reply in thread').first().click();
    const box = row.getByRole('textbox', { name: 'Reply in thread' });
    await box.fill('I do, in a');
    desk.slack.say('U0BEN', 'incidents', 'anybody?', { threadTs: ts });
    await row.locator('.thread-list article').waitFor();
    expect(await box.inputValue()).toBe('I do, in a');
    await box.pressSequentially(' minute');
    await box.press('Enter');
    await desk.slack.until(() =>
      desk.slack.replies('incidents', ts).some((each) => each.text === 'I do, in a minute'),
    );
  });

  it('fills in a form, shows what is wrong without losing what was typed, and closes with Esc', async () => {
    const view = {
      type: 'modal',
      title: { type: 'plain_text', text: 'Declare an incident' },
      submit: { type: 'plain_text', text: 'Declare' },
      blocks: [
        {
          type: 'input',
          block_id: 'title',
          label: { type: 'plain_text', text: 'Title' },
          element: { type: 'plain_text_input', action_id: 'words' },
        },
      ],
    };
    desk.bot.answer = ({ raw }) => {
      const sent = new URLSearchParams(raw);
      if (sent.get('command')) {
        void desk.web.views.open({ trigger_id: sent.get('trigger_id') ?? '', view: view as never });
        return { status: 200 };
      }
      const body = JSON.stringify({
        response_action: 'errors',
        errors: { title: 'Too short to find again.' },
      });
      return { status: 200, headers: { 'content-type': 'application/json' }, body };
    };
    await tab.fill('#composer', '/incident declare');
    await tab.press('#composer', 'Escape');
    await tab.press('#composer', 'Enter');
    await tab.getByRole('textbox', { name: 'Title' }).fill('hub');
    await tab.getByRole('button', { name: 'Declare', exact: true }).click();
    await tab.getByText('Too short to find again.').waitFor();
    expect(await tab.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('hub');
    await tab.keyboard.press('Escape');
    await desk.slack.until(() => desk.slack.views('U0ANA').length === 0);
    await tab.locator('dialog').waitFor({ state: 'detached' });
    desk.bot.answer = () => ({ status: 200 });
  });

  // The list of people may be drawn anew under the choosing hand; a person chooses again.
  it('has another clock and another view for another person', { retry: 3, timeout: 20_000 }, async () => {
    await tab.selectOption('#reader', 'U0BEN');
    await tab
      .locator('.you small')
      .getByText(/P[SD]T$/)
      .waitFor({ timeout: 4_000 });
    expect(await tab.locator('.sidebar').textContent()).not.toContain('secret');
  });

  it('made the browser complain of nothing', () => {
    expect(complaints).toEqual([]);
  });
});
