export function MinutesPage(_props: object): null {
  return null;
}
