import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * A module of the product as it runs in production: compiled by `npm run build`. What a tool transforms on the fly keeps
 * function names with extra calls, and these would be measured as the product's.
 * @param path below src, ending in .js
 */
export async function built<Module>(path: string): Promise<Module> {
  return (await import(new URL(`../../../dist/${path}`, import.meta.url).href)) as Module;
}

/** Whether every file of src has its compiled form, and none is newer than it. */
export function builtState(): 'missing' | 'outdated' | 'current' {
  const [src, dist] = [join(PROJECT, 'src'), join(PROJECT, 'dist')];
  if (!existsSync(join(dist, 'main.js'))) return 'missing';
  const current = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.includes('client/'))
    .every((path) => {
      const compiled = join(dist, path.replace(/\.ts$/, '.js'));
      return existsSync(compiled) && statSync(compiled).mtimeMs >= statSync(join(src, path)).mtimeMs;
    });
  return current ? 'current' : 'outdated';
}
