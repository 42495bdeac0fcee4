export function TopicsPage(_props: object): null {
  return null;
}
