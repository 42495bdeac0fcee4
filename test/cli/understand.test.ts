import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../../', import.meta.url).pathname;

function run(args: string[], input: string): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['--import', 'tsx', 'src/cli/understand.ts', ...args], {
    cwd: ROOT,
    input,
    encoding: 'utf8',
  });
}

describe('npm run understand', () => {
  it('prints one line of plain values for each line, keys always in the same order', () => {
    const lines = [
      'Saya Siti Aminah, Kabid Anggaran BPKAD Kab. Gowa, siti@gowakab.go.id 0812-3456-7890',
      'vicon besok jam setengah 10 WITA',
      'saya dari bogor',
      'Kamis, 3 Maret 2026',
      'status djpk-2026-123',
      '',
    ];
    const { status, stdout } = run(['--now', '2026-03-02T09:00:00+07:00'], `${lines.join('\n')}\n`);
    expect(status).toBe(0);
    expect(stdout.trimEnd().split('\n')).toEqual([
      '{"text":"Saya Siti Aminah, Kabid Anggaran BPKAD Kab. Gowa, siti@gowakab.go.id 0812-3456-7890","intent":"unknown","entities":{"region":{"code":"73.06","name":"Kabupaten Gowa","level":"regency"},"email":"siti@gowakab.go.id","phone":"+6281234567890","person":"Siti Aminah","position":"Kabid Anggaran"}}',
      '{"text":"vicon besok jam setengah 10 WITA","intent":"book_video","entities":{"date":"2026-03-03","time":"09:30","zone":"WITA"}}',
      '{"text":"saya dari bogor","intent":"unknown","entities":{"regions":[{"code":"32.01","name":"Kabupaten Bogor","level":"regency"},{"code":"32.71","name":"Kota Bogor","level":"city"}]}}',
      '{"text":"Kamis, 3 Maret 2026","intent":"unknown","entities":{}}',
      '{"text":"status djpk-2026-123","intent":"ticket_status","entities":{"ticket":"DJPK-2026-000123"}}',
      '{"text":"","intent":"unknown","entities":{}}',
    ]);
  });

  it('says what is wrong with --now', () => {
    const { status, stderr } = run(['--now', 'kemarin'], '');
    expect([status, stderr]).toEqual([2, expect.stringContaining('--now')]);
  });
});
