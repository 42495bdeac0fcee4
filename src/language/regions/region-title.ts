import type { Region } from '../types.js';

/** As people say it: "Kabupaten Gowa, Sulawesi Selatan"; a province is its own title. */
export function regionTitle(region: Region): string {
  return region.level === 'province'
    ? region.name
    : `${region.name}, ${region.province.replace(/^Provinsi /u, '')}`;
}
