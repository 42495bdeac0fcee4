export function HolidaysPage(_props: object): null {
  return null;
}
