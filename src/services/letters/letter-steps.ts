import type { LetterEntry, OfficialLetter, Post } from '../../models/official-letter.js';

/** A step that a person takes. */
export type LetterStep = Exclude<LetterEntry['step'], 'draft'>;

/** What somebody is to a letter. typist: holds the post that types · initials, signs: it is their turn · supervisor. */
export type LetterStanding = 'typist' | 'initials' | 'signs' | 'supervisor';

type State = OfficialLetter['state'];

/** Who may do what in which state; what is not listed is refused. Nobody initials or signs out of turn (R-B4, R-B5). */
const STEPS: Readonly<Record<LetterStep, Readonly<Partial<Record<State, readonly LetterStanding[]>>>>> = {
  edit: { draft: ['typist'] },
  submit: { draft: ['typist'] },
  initial: { circulating: ['initials'] },
  sign: { circulating: ['signs'] },
  return: { circulating: ['initials', 'signs'] },
  withdraw: { draft: ['typist', 'supervisor'], circulating: ['supervisor'] },
};

export const LETTER_STEPS = Object.keys(STEPS) as [LetterStep, ...LetterStep[]];

export function standingsOf(
  { route, station, turn }: Pick<OfficialLetter, 'route' | 'station' | 'turn'>,
  { post, supervises }: { post: Post | null; supervises: boolean },
): ReadonlySet<LetterStanding> {
  const standings = new Set<LetterStanding>();
  if (post !== null && route[0]?.post === post) standings.add('typist');
  const act = post !== null && turn === post ? route[station]?.act : undefined;
  if (act === 'initial') standings.add('initials');
  if (act === 'sign') standings.add('signs');
  if (supervises) standings.add('supervisor');
  return standings;
}

export function mayTake(step: LetterStep, state: State, standings: ReadonlySet<LetterStanding>): boolean {
  return (STEPS[step][state] ?? []).some((standing) => standings.has(standing));
}

/** What the services would let somebody do; a page shows only these. */
export function allowedSteps(
  { state }: Pick<OfficialLetter, 'state'>,
  standings: ReadonlySet<LetterStanding>,
): LetterStep[] {
  return LETTER_STEPS.filter((step) => mayTake(step, state, standings));
}
