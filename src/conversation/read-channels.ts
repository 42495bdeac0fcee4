import { describeChannels, type ChannelReport } from '../services/overview/describe-channels.js';
import { readTraffic } from '../services/overview/read-traffic.js';
import { requireRole } from '../services/staff/authorise.js';
import type { Actor } from '../services/service-context.js';
import { CHANNEL_NAMES, type ChannelName } from '../shared/channel-name.js';
import { CONFIG_VARIABLES } from '../shared/config.js';
import type { Channel } from './channel.js';
import type { Engine } from './engine.js';
import type { PairingState } from './pairing.js';

/** A channel as the console shows it, running or not. */
interface ChannelView extends Omit<ChannelReport, 'state'> {
  state: ChannelReport['state'] | 'off';
  /** What people write to; null where there is none, or none yet. */
  account: string | null;
  /** Settings that switch it on; empty where it is on. */
  variables: string[];
  pairing: PairingState['phase'] | null;
}

/** What the settings of a channel begin with. The live chat is always on; the terminal is no door of the office. */
const SETTINGS: Readonly<Partial<Record<ChannelName, RegExp>>> = {
  whatsapp: /^WHATSAPP_KEY$/,
  telegram: /^TELEGRAM_(BOT_TOKEN|WEBHOOK_SECRET)$/,
  teams: /^TEAMS_/,
  email: /^(IMAP_URL|SMTP_URL|MAIL_FROM)$/,
};

/**
 * Every channel: how the running ones do, and how to switch on the others.
 * @throws DomainError not-allowed
 */
export async function readChannels(
  { channels, services }: Engine,
  { actor, now }: { actor: Actor; now: Date },
): Promise<ChannelView[]> {
  requireRole(actor, 'administrator', 'supervisor');
  const traffic = await readTraffic(services);
  const running = describeChannels(channels.values(), { traffic, now }).map((report) => {
    const channel = channels.get(report.name);
    return {
      ...report,
      account: channel ? accountOf(channel, services.publicUrl) : null,
      variables: [],
      pairing: channel?.pairing?.state().phase ?? null,
    };
  });
  const off = CHANNEL_NAMES.filter((name) => !channels.has(name)).flatMap((name): ChannelView[] => {
    const names = SETTINGS[name];
    if (!names) return [];
    const { queued, waitingSince, ...last } = traffic.get(name) ?? NOTHING;
    const variables = CONFIG_VARIABLES.filter((variable) => names.test(variable));
    return [{ name, state: 'off', ...last, queued, waitingSince, account: null, variables, pairing: null }];
  });
  return [...running, ...off];
}

const NOTHING = { lastInboundAt: null, lastConfirmedOutboundAt: null, queued: 0, waitingSince: null };

/** Names of our own for the one account say nothing to people. */
function accountOf({ name, account, pairing }: Channel, publicUrl: string): string | null {
  if (name === 'web-chat') return `${publicUrl}/chat`;
  const state = pairing?.state();
  if (!state) return account;
  return state.phase === 'paired' && state.phone !== undefined ? `+${state.phone}` : null;
}
