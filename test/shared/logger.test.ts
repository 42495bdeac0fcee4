import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../../src/shared/errors.js';
import { createLogger, type LogFields } from '../../src/shared/logger.js';

function logged(log: (logger: ReturnType<typeof createLogger>) => void): string {
  let text = '';
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  log(createLogger('debug', sink));
  return text;
}

describe('the log', () => {
  it('lets only known fields through, so that personal data cannot slip in (UU 27/2022)', () => {
    const fields = { ticket: 'DJPK-2026-000001', name: 'Sari Contoh', text: 'rahasia' } as LogFields;
    const line = logged((log) => log.info(fields, 'done'));
    expect(line).toContain('DJPK-2026-000001');
    expect(line).not.toMatch(/Sari|rahasia/u);
  });

  it('keeps where an error happened but not its message, which may quote a user', () => {
    const line = logged((log) => log.error({ err: new Error('duplicate key: sari@contoh.go.id') }, 'failed'));
    expect(line).not.toContain('sari@');
    expect(line).toContain('logger.test');
  });

  it('names the code of a refusal and what caused it', () => {
    const refusal = new DomainError('conflict', {}, { cause: new TypeError('x') });
    expect(logged((log) => log.warn({ err: refusal }, 'refused'))).toMatch(
      /"code":"conflict".*"name":"TypeError"/u,
    );
  });
});
