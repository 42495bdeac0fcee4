export function OverviewPage(_props: object): null {
  return null;
}
