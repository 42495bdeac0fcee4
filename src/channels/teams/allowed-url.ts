/** Hosts below which Teams keeps the files of its users (OneDrive for Business). */
const FILE_HOSTS = ['.sharepoint.com'];

/** Whether this service URL is one of those we may write to, or lies below one. */
export function isAllowedService(url: string, allowed: readonly string[]): boolean {
  const asked = parse(url);
  if (asked?.search !== '' || asked.hash !== '') return false;
  return allowed.some((one) => {
    const base = parse(one);
    if (base?.origin !== asked.origin) return false;
    const folder = base.pathname.endsWith('/') ? base.pathname : `${base.pathname}/`;
    return asked.pathname === base.pathname || asked.pathname.startsWith(folder);
  });
}

/** Whether a file may be fetched from there or put there: an address in an activity is somebody's word. */
export function isFileAddress(url: string, allowed: readonly string[]): boolean {
  const asked = parse(url);
  if (!asked) return false;
  if (allowed.some((one) => parse(one)?.origin === asked.origin)) return true;
  return (
    asked.protocol === 'https:' &&
    asked.port === '' &&
    FILE_HOSTS.some((host) => asked.hostname.endsWith(host))
  );
}

function parse(url: string): URL | undefined {
  if (!URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  const isPlain = /^https?:$/.test(parsed.protocol) && parsed.username === '' && parsed.password === '';
  return isPlain ? parsed : undefined;
}
