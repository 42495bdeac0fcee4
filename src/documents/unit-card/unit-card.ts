import { formatDateTime } from '../../shared/format-time.js';
import type { Language, Translate } from '../../shared/i18n.js';
import type { CardData, CardLine, CardNode, CardStep, CardUnit } from './card-data.js';
import { cardActions } from './card-actions.js';

interface CardOptions {
  language: Language;
  /** Which buttons it has; none once it is over. */
  steps: readonly CardStep[];
  /** Units that it can be passed on to. */
  units: readonly CardUnit[];
  /** The same escalation in the console. */
  deskUrl: string;
}

/** Longer texts are cut with a word about where the rest is: Teams takes cards of up to 28 kB. */
const LONGEST = { summary: 1_500, question: 3_000, answer: 4_000, line: 300 } as const;

/** How many of the latest steps are shown. */
const LINES = 5;

/** One escalation as an Adaptive Card (schema 1.5). What people wrote stands in text runs, which know no links and no markup. */
export function unitCard(data: CardData, t: Translate, options: CardOptions): CardNode {
  const { language, deskUrl } = options;
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    fallbackText: t('unit-card:title', { number: data.ticketNumber }),
    body: [
      heading(t('unit-card:title', { number: data.ticketNumber })),
      state(data, t),
      ...facts(data, t, language),
      ...section(t('unit-card:summary'), data.summary, LONGEST.summary, t),
      ...section(t('unit-card:question'), data.question, LONGEST.question, t),
      ...files(data.files),
      ...answer(data, t),
      ...history(data.thread, t, language),
      // Not among the buttons: clients show five.
      {
        type: 'ActionSet',
        actions: [{ type: 'Action.OpenUrl', title: t('unit-card:open'), url: deskUrl }],
      },
    ],
    actions: cardActions(data, t, { ...options, editable: isEditable(data) }),
  };
}

/** The answer stands in the card once to read and once in each form. */
function isEditable({ answer: given }: CardData): boolean {
  const { text = '', legalBasis = [] } = given ?? {};
  return text.length + legalBasis.join('\n').length <= LONGEST.answer;
}

function heading(text: string): CardNode {
  return rich([{ text, weight: 'Bolder', size: 'Large' }], { style: 'heading' });
}

function state({ state: name, overdue, reminders }: CardData, t: Translate): CardNode {
  const open = name === 'sent' || name === 'claimed' || name === 'asking' || name === 'submitted';
  const late = open && (overdue || reminders > 0);
  const color = late ? 'Attention' : STATE_COLORS[name];
  const note = open && reminders > 0 ? ` · ${t('unit-card:reminded')}` : '';
  return rich([{ text: t(`unit-card:states.${name}`) + note, weight: 'Bolder', color }]);
}

const STATE_COLORS = {
  ...{ sent: 'Accent', claimed: 'Accent', asking: 'Warning', submitted: 'Warning' },
  ...{ approved: 'Good', declined: 'Attention', withdrawn: 'Default' },
} as const;

function facts(data: CardData, t: Translate, language: Language): CardNode[] {
  const { asker, unit, assignee, dueAt, overdue } = data;
  const who = [asker.name, asker.agency, asker.regionName].filter((part) => part !== null).join(', ');
  const due = formatDateTime(dueAt, { language }) + (overdue ? ` (${t('unit-card:overdue')})` : '');
  const rows = [
    [t('unit-card:facts.asker'), who],
    [t('unit-card:facts.unit'), unit.name],
    [t('unit-card:facts.assignee'), assignee?.name ?? ''],
    [t('unit-card:facts.due'), due],
  ];
  return rows
    .filter(([, value]) => value !== '')
    .map(([label = '', value = '']) =>
      rich([{ text: `${label}: `, isSubtle: true }, { text: value }], { spacing: 'Small' }),
    );
}

/** Nothing where there is no text. */
function section(label: string, text: string, longest: number, t: Translate): CardNode[] {
  if (text.trim() === '') return [];
  const cut = text.length > longest;
  const lines = (cut ? `${text.slice(0, longest)}…` : text).split('\n').filter((line) => line.trim() !== '');
  return [
    rich([{ text: label, weight: 'Bolder' }], { spacing: 'Medium' }),
    ...lines.map((line) => rich([{ text: line }], { spacing: 'Small' })),
    ...(cut ? [rich([{ text: t('unit-card:cut'), isSubtle: true }], { spacing: 'Small' })] : []),
  ];
}

function files(names: readonly { name: string }[]): CardNode[] {
  return names.map(({ name }) => rich([{ text: `📎 ${name}` }], { spacing: 'Small' }));
}

function answer({ answer: given }: CardData, t: Translate): CardNode[] {
  if (!given) return [];
  const basis = given.legalBasis.map((item) => `• ${item}`).join('\n');
  return [
    ...section(t('unit-card:answer'), given.text, LONGEST.answer, t),
    ...section(t('unit-card:legalBasis'), basis, LONGEST.answer, t),
    ...files(given.files),
  ];
}

function history(thread: readonly CardLine[], t: Translate, language: Language): CardNode[] {
  const lines = thread.slice(-LINES).map((line) => {
    const did = t(`unit-card:did.${line.step}`);
    const to = line.toUnit ? ` → ${line.toUnit.name}` : '';
    const said = line.text === undefined || SHOWN_ABOVE.has(line.step) ? '' : `: ${shorten(line.text)}`;
    return `${formatDateTime(line.at, { language })} ${line.byName} ${did}${to}${said}`;
  });
  return [
    rich([{ text: t('unit-card:history'), weight: 'Bolder' }], { spacing: 'Medium' }),
    ...lines.map((text) => rich([{ text, size: 'Small', isSubtle: true }], { spacing: 'Small' })),
  ];
}

const SHOWN_ABOVE: ReadonlySet<string> = new Set(['escalate', 'answer', 'approve']);

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ');
  return line.length > LONGEST.line ? `${line.slice(0, LONGEST.line)}…` : line;
}

function rich(runs: readonly CardNode[], more: CardNode = {}): CardNode {
  return { type: 'RichTextBlock', inlines: runs.map((run) => ({ type: 'TextRun', ...run })), ...more };
}
