export function StaffPage(_props: object): null {
  return null;
}
