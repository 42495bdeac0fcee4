import type { IndexDescription } from 'mongodb';
import mongoose, { type Connection, type Model } from 'mongoose';
import { defineAppointments, type Appointment } from './appointment.js';
import { defineAuditEntries, type AuditEntry } from './audit-entry.js';
import { defineClosedSessions, type ClosedSession } from './closed-session.js';
import { defineContactMerges, type ContactMerge } from './contact-merge.js';
import { defineContacts, type Contact } from './contact.js';
import { defineConversations, type Conversation } from './conversation.js';
import { defineCounters, type Counter } from './counter.js';
import { defineEmailBoxes, type EmailBox } from './email-box.js';
import { defineEmailLetters, type EmailLetter } from './email-letter.js';
import { defineEscalations, type Escalation } from './escalation.js';
import { defineMails, type Mail } from './mail.js';
import { defineMessages, type Message } from './message.js';
import { defineMinutes, type Minutes } from './minutes.js';
import { defineNonWorkingDays, type NonWorkingDayRecord } from './non-working-day.js';
import { defineOfficialLetters, type OfficialLetter } from './official-letter.js';
import { defineServiceEvents, type ServiceEvent } from './service-event.js';
import { defineSessions, type Session } from './session.js';
import { defineSettings, type Setting } from './setting.js';
import { defineSignInAttempts, type SignInAttempt } from './sign-in-attempt.js';
import { defineStaff, type Staff } from './staff.js';
import { defineFiles, type StoredFile } from './stored-file.js';
import { defineTeamsPlaces, type TeamsPlace } from './teams-place.js';
import { defineTickets, type Ticket } from './ticket.js';
import { defineTopics, type Topic } from './topic.js';
import { defineUndeliverableAddresses, type UndeliverableAddress } from './undeliverable-address.js';
import { defineUnits, type Unit } from './unit.js';
import { defineWhatsAppAccounts, type WhatsAppAccount } from './whatsapp-account.js';
import { defineWhatsAppContacts, type WhatsAppContact } from './whatsapp-contact.js';
import { defineWhatsAppInbound, type WhatsAppInbound } from './whatsapp-inbound.js';
import { defineWhatsAppKeys, type WhatsAppKey } from './whatsapp-key.js';
import { defineWhatsAppOutbound, type WhatsAppOutbound } from './whatsapp-outbound.js';

/** Every collection of the product on one connection. */
export interface Models {
  connection: Connection;
  appointments: Model<Appointment>;
  auditEntries: Model<AuditEntry>;
  closedSessions: Model<ClosedSession>;
  contactMerges: Model<ContactMerge>;
  contacts: Model<Contact>;
  conversations: Model<Conversation>;
  counters: Model<Counter>;
  emailBoxes: Model<EmailBox>;
  emailLetters: Model<EmailLetter>;
  escalations: Model<Escalation>;
  files: Model<StoredFile>;
  mails: Model<Mail>;
  messages: Model<Message>;
  minutes: Model<Minutes>;
  nonWorkingDays: Model<NonWorkingDayRecord>;
  officialLetters: Model<OfficialLetter>;
  serviceEvents: Model<ServiceEvent>;
  sessions: Model<Session>;
  settings: Model<Setting>;
  signInAttempts: Model<SignInAttempt>;
  staff: Model<Staff>;
  teamsPlaces: Model<TeamsPlace>;
  tickets: Model<Ticket>;
  topics: Model<Topic>;
  undeliverableAddresses: Model<UndeliverableAddress>;
  units: Model<Unit>;
  whatsappAccounts: Model<WhatsAppAccount>;
  whatsappContacts: Model<WhatsAppContact>;
  whatsappInbound: Model<WhatsAppInbound>;
  whatsappKeys: Model<WhatsAppKey>;
  whatsappOutbound: Model<WhatsAppOutbound>;
}

/** Connects, and makes every index before the first query. */
export async function connectModels(uri: string): Promise<Models> {
  const connection = await mongoose
    .createConnection(uri, {
      autoIndex: false,
      autoCreate: false,
      serverSelectionTimeoutMS: 10_000,
      writeConcern: { w: 'majority', journal: true },
    })
    .asPromise();
  const models = defineModels(connection);
  await Promise.all(Object.values(connection.models).map(createIndexes));
  return models;
}

/** One command a collection, all at once: on a fresh store this is most of the start. */
async function createIndexes(model: Model<unknown>): Promise<void> {
  const indexes = model.schema.indexes().map(([key, options]) => ({ ...options, key }) as IndexDescription);
  if (indexes.length > 0) await model.collection.createIndexes(indexes);
}

function defineModels(connection: Connection): Models {
  return {
    connection,
    appointments: defineAppointments(connection),
    auditEntries: defineAuditEntries(connection),
    closedSessions: defineClosedSessions(connection),
    contactMerges: defineContactMerges(connection),
    contacts: defineContacts(connection),
    conversations: defineConversations(connection),
    counters: defineCounters(connection),
    emailBoxes: defineEmailBoxes(connection),
    emailLetters: defineEmailLetters(connection),
    escalations: defineEscalations(connection),
    files: defineFiles(connection),
    mails: defineMails(connection),
    messages: defineMessages(connection),
    minutes: defineMinutes(connection),
    nonWorkingDays: defineNonWorkingDays(connection),
    officialLetters: defineOfficialLetters(connection),
    serviceEvents: defineServiceEvents(connection),
    sessions: defineSessions(connection),
    settings: defineSettings(connection),
    signInAttempts: defineSignInAttempts(connection),
    staff: defineStaff(connection),
    teamsPlaces: defineTeamsPlaces(connection),
    tickets: defineTickets(connection),
    topics: defineTopics(connection),
    undeliverableAddresses: defineUndeliverableAddresses(connection),
    units: defineUnits(connection),
    whatsappAccounts: defineWhatsAppAccounts(connection),
    whatsappContacts: defineWhatsAppContacts(connection),
    whatsappInbound: defineWhatsAppInbound(connection),
    whatsappKeys: defineWhatsAppKeys(connection),
    whatsappOutbound: defineWhatsAppOutbound(connection),
  };
}
