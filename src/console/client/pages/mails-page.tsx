export function MailsPage(_props: object): null {
  return null;
}
