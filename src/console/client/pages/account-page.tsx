export function AccountPage(_props: object): null {
  return null;
}
