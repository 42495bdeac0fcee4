export function AuditPage(_props: object): null {
  return null;
}
