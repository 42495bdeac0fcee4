import { createServer } from 'node:http';
import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConversationState,
  MemoryStorage,
} from 'botbuilder';
import { DialogSet, TextPrompt, WaterfallDialog } from 'botbuilder-dialogs';

/** A bot of the Bot Framework with one dialog and its state in memory: it needs no database. */
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const state = new ConversationState(new MemoryStorage());
const dialogs = new DialogSet(state.createProperty('dialog'));
dialogs.add(new TextPrompt('name'));
dialogs.add(new WaterfallDialog('intake', [(step) => step.prompt('name', 'Siapa nama lengkap Bapak/Ibu?')]));
const server = createServer((request, response) => {
  if (request.url === '/healthz') response.end('{"status":"ok"}');
  else
    void adapter.process(request, response, async (context) => {
      await (await dialogs.createContext(context)).beginDialog('intake');
    });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${server.address().port}/healthz\n`);
});
