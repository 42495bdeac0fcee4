import { describe, expect, it, vi } from 'vitest';
import { warnOfLocalLinks } from '../../src/console/warn-of-local-links.js';
import { readConfig } from '../../src/shared/config.js';

function warnings(settings: Record<string, string>): number {
  const warn = vi.fn();
  warnOfLocalLinks(readConfig(settings), { warn });
  return warn.mock.calls.length;
}

describe('a server that others reach but that does not know its address', () => {
  it.each([
    ['0.0.0.0', {}, 1],
    ['192.168.1.5', {}, 1],
    ['::', {}, 1],
    ['127.0.0.1', {}, 0],
    ['localhost', {}, 0],
    ['::1', {}, 0],
    ['0.0.0.0', { PUBLIC_URL: 'https://dering.example' }, 0],
  ])('HOST=%s %o warns that links will name localhost: %s', (HOST, more, expected) => {
    expect(warnings({ HOST, ...more })).toBe(expected);
  });
});
