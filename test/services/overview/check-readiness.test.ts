import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { checkReadiness } from '../../../src/services/overview/check-readiness.js';
import type { ChannelName } from '../../../src/shared/channel-name.js';
import { createTestServices, MONDAY_MORNING as now, type TestServices } from '../../support/services.js';

let test: TestServices;
beforeAll(async () => {
  test = await createTestServices();
});
afterAll(async () => test.close());
beforeEach(async () => {
  await test.services.models.messages.deleteMany({});
});

const check = () => checkReadiness(test.services, { now, channels: ['web-chat', 'whatsapp'] });

/** A message that has waited for its turn so long. */
async function waiting(channel: ChannelName, seconds: number): Promise<void> {
  const at = new Date(now.getTime() - seconds * 1000);
  await test.services.models.messages.create({
    ...{ _id: test.services.newId(), conversationId: 'somebody', direction: 'in', channel, account: channel },
    ...{ author: { kind: 'user' }, content: { kind: 'text', text: 'Halo' }, sentAt: at, receivedAt: at },
    pending: true,
  });
}

it('is ready while no message waits for longer than two minutes', async () => {
  expect(await check()).toEqual({ ready: true, database: 'up', oldestPendingSeconds: 0 });
  await waiting('web-chat', 120);
  expect(await check()).toMatchObject({ ready: true, oldestPendingSeconds: 120 });
});

it('is not ready when turns stand still', async () => {
  await waiting('whatsapp', 121);
  await waiting('web-chat', 1);
  expect(await check()).toMatchObject({ ready: false, oldestPendingSeconds: 121 });
});

it('does not wait for a channel that is not running', async () => {
  await waiting('telegram', 86_400);
  expect(await check()).toMatchObject({ ready: true, oldestPendingSeconds: 0 });
});
