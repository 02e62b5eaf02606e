import { SocketModeClient } from '@slack/socket-mode';
import { LogLevel, WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SlackWorkspace } from '../../../src/stand-ins/slack/workspace.ts';
import { APP_TOKEN, openWorkspace } from './workspace-fixture.ts';

interface Arrived {
  type: string;
  body: Record<string, unknown>;
  retry_num?: number;
  ack: (payload?: Record<string, unknown>) => Promise<void>;
}

let workspace: SlackWorkspace;
let client: SocketModeClient;

beforeEach(async () => {
  workspace = await openWorkspace({ appToken: APP_TOKEN });
  client = new SocketModeClient({
    appToken: APP_TOKEN,
    clientOptions: { slackApiUrl: workspace.apiUrl },
    logLevel: LogLevel.ERROR,
  });
});

afterEach(async () => {
  await client.disconnect();
  await workspace.close();
});

describe('Socket Mode', () => {
  it('carries events and commands to a connection, and the ack back', async () => {
    const arrived: Arrived[] = [];
    client.on('slack_event', async (envelope: Arrived) => {
      arrived.push(envelope);
      await envelope.ack(envelope.type === 'slash_commands' ? { text: 'By socket' } : undefined);
    });
    await client.start();
    expect(workspace.socketConnections).toBe(1);
    workspace.say('U0ANA', 'incidents', 'Hello');
    await workspace.settled();
    const seen = await workspace.command('U0ANA', 'incidents', '/incident', 'help');
    expect(seen).toMatchObject({ status: 200, text: 'By socket' });
    expect(arrived.map(({ type }) => type)).toEqual(['events_api', 'slash_commands']);
    expect(arrived[0]?.body).toMatchObject({ event: { type: 'message', text: 'Hello' } });
    expect(workspace.deliveries.map(({ status }) => status)).toEqual([200, 200]);
  });

  it('keeps an event for the retry when nobody is connected', async () => {
    workspace.say('U0ANA', 'incidents', 'Into the gap');
    await workspace.settled();
    expect(workspace.pendingRetries).toBe(1);
    const arrived: Arrived[] = [];
    client.on('slack_event', async (envelope: Arrived) => {
      arrived.push(envelope);
      await envelope.ack();
    });
    await client.start();
    await workspace.retryPending();
    expect(arrived).toMatchObject([{ retry_num: 2, body: { event: { text: 'Into the gap' } } }]);
  });

  it('opens no connection without the ticket of apps.connections.open', async () => {
    const web = new WebClient(APP_TOKEN, { slackApiUrl: workspace.apiUrl });
    const { url = '' } = await web.apps.connections.open();
    const outcome = async (address: string): Promise<string> =>
      new Promise((resolve) => {
        const socket = new WebSocket(address);
        socket.onmessage = ({ data }) => {
          resolve(String(JSON.parse(String(data)).type));
          socket.close();
        };
        socket.onerror = () => resolve('refused');
      });
    expect(await outcome(url.replace(/ticket=.*/, 'ticket=forged'))).toBe('refused');
    expect(await outcome(url)).toBe('hello');
    expect(await outcome(url)).toBe('refused');
  });
});
