export function HoursPage(_props: object): null {
  return null;
}
