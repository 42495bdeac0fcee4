const ISLANDS = /^(?:Kepulauan|Pulau) /;
const DIRECTIONS: readonly [RegExp, string][] = [
  [/ Barat Daya$/, 'Southwest'],
  [/ Barat$/, 'West'],
  [/ Timur$/, 'East'],
  [/ Tenggara$/, 'Southeast'],
  [/ Selatan$/, 'South'],
  [/ Utara$/, 'North'],
  [/ Tengah$/, 'Central'],
];

/** "Siau Tagulandang Biaro" without its islands, "Pangkajene Kepulauan" without "dan", "East Nusa Tenggara". */
export function otherNames(name: string): string[] {
  const others: string[] = [];
  if (ISLANDS.test(name)) others.push(name.replace(ISLANDS, ''));
  if (name.includes(' dan ')) others.push(name.replace(' dan ', ' '));
  const direction = DIRECTIONS.find(([ending]) => ending.test(name));
  if (direction !== undefined) {
    const place = name.replace(direction[0], '');
    others.push(`${direction[1]} ${place}`);
    if (place === 'Jawa') others.push(`${direction[1]} Java`);
  }
  return others;
}
