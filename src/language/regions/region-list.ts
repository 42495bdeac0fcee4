import { loadData } from '../load-data.js';
import type { IanaZone, Region } from '../types.js';

interface RegionData {
  provinces: [code: string, name: string][];
  regencies: [code: string, name: string][];
}

const WIT_PROVINCES = new Set(['81', '82', '91', '92', '93', '94', '95', '96']);
const WITA_PROVINCES = new Set(['51', '52', '53', '63', '64', '65', '71', '72', '73', '74', '75', '76']);

/** 38 provinces, then 514 regencies and cities, each in order of its code. */
export const REGIONS: readonly Region[] = readRegions();

const BY_CODE = new Map(REGIONS.map((region) => [region.code, region]));

export function regionByCode(code: string): Region | undefined {
  return BY_CODE.get(code);
}

/** "Kabupaten Gowa" → "Gowa", "Kota Administrasi Jakarta Pusat" → "Jakarta Pusat". */
export function shortRegionName(region: Region): string {
  return region.name.replace(/^(?:Kabupaten|Kota)(?: Administrasi)? /, '');
}

/** Zone of a province code; R-T1 shows users outside WIB both times. */
function zoneOfProvince(code: string): IanaZone {
  if (WIT_PROVINCES.has(code)) return 'Asia/Jayapura';
  return WITA_PROVINCES.has(code) ? 'Asia/Makassar' : 'Asia/Jakarta';
}

function readRegions(): Region[] {
  const data = loadData('regions.json') as RegionData;
  const provinceNames = new Map(data.provinces);
  const provinces = data.provinces.map(([code, name]): Region => ({
    code,
    name,
    level: 'province',
    province: name,
    zone: zoneOfProvince(code),
  }));
  const regencies = data.regencies.map(([code, name]): Region => {
    const provinceCode = code.slice(0, 2);
    const level = name.startsWith('Kota ') ? 'city' : 'regency';
    const province = provinceNames.get(provinceCode) ?? '';
    return { code, name, level, province, zone: zoneOfProvince(provinceCode) };
  });
  return [...provinces, ...regencies];
}
