import type { Readable } from 'node:stream';
import type { Activity } from './activity.js';
import { isFileAddress } from './allowed-url.js';
import type { BotConnector, Target } from './connector.js';
import type { Courtesies } from './courtesies.js';
import { TeamsFailure } from './failure.js';
import { formatText } from './format-text.js';
import type { Arrival, Upload } from './parse.js';
import { textActivity } from './render.js';
import type { TeamsPorts } from './types.js';

type Consent = Extract<Arrival, { kind: 'consent' }>;

interface ConsentParts {
  connector: BotConnector;
  courtesies: Courtesies;
  ports: Pick<TeamsPorts, 'endpoints' | 'openFile'>;
}

/**
 * The user has been asked whether we may put a file into their OneDrive. It goes on after the acknowledgement; when it fails
 * the card stays, and can be pressed again.
 */
export function answerConsent(
  { accepted, fileId, cardId, upload }: Consent,
  { conversation, locale }: Activity,
  target: Target,
  { connector, courtesies, ports }: ConsentParts,
): void {
  courtesies.run(async (signal) => {
    // The id comes from the user's device: only what was sent to them counts.
    const opened = await ports.openFile(conversation.id, fileId);
    if (!accepted) {
      const words = formatText(courtesies.sentence('fileDeclined', locale));
      if (opened && cardId !== undefined) await connector.update(target, cardId, textActivity(words), signal);
      return;
    }
    try {
      if (!opened || !upload) throw new TeamsFailure(404, 'no such file');
      await put(upload, opened, ports.endpoints.serviceUrls, signal);
    } catch (error) {
      courtesies.say(target, 'fileFailed', locale);
      throw error;
    }
    const { name, contentUrl, uniqueId, fileType } = upload;
    const info = {
      ...{ contentType: 'application/vnd.microsoft.teams.card.file.info', name, contentUrl },
      content: { uniqueId, fileType },
    };
    const activity = { type: 'message' as const, attachments: [info] };
    if (cardId === undefined) await connector.send(target, activity, signal);
    else await connector.update(target, cardId, activity, signal);
  });
}

async function put(
  { uploadUrl }: Upload,
  { file, read }: { file: { size: number; mimeType: string }; read: () => Readable },
  allowed: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  if (!isFileAddress(uploadUrl, allowed)) throw new TeamsFailure(400, 'foreign file address');
  const chunks: Buffer[] = [];
  for await (const chunk of read()) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const response = await fetch(uploadUrl, {
    ...{ method: 'PUT', body, signal, redirect: 'error' as const },
    headers: {
      'content-type': file.mimeType,
      'content-range': `bytes 0-${body.length - 1}/${body.length}`,
    },
  });
  await response.body?.cancel();
  if (!response.ok) throw new TeamsFailure(response.status, 'upload');
}
