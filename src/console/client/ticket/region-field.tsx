import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { search } from '../api/queries.js';
import { request } from '../api/request.js';
import type { Region } from '../api/types.js';
import { t } from '../text/text.js';
import { Combobox } from '../ui/combobox.js';

interface RegionFieldProps {
  name: string | null;
  onChange: (code: string, name: string) => void;
}

/** Shortest text worth asking the server for. */
const SHORTEST = 2;

/** Picks a region by its name; the server searches as one types. */
export function RegionField({ name, onChange }: RegionFieldProps): ReactNode {
  const [typed, setTyped] = useState('');
  const asked = typed.trim();
  const { data, isFetching } = useQuery({
    queryKey: ['regions', asked],
    enabled: asked.length >= SHORTEST,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    queryFn: async ({ signal }) =>
      (await request<{ items: Region[] }>(`/regions?${search({ q: asked })}`, { signal })).items,
  });
  const regions = asked.length < SHORTEST ? [] : (data ?? []);
  const found = isFetching ? t('common.loading') : t('panel.regionNone');
  return (
    <Combobox
      label={t('panel.region')}
      placeholder={t('panel.regionHint')}
      picked={name ?? ''}
      options={regions.map(({ code, name: label, province }) => ({
        key: code,
        label,
        note: province ?? undefined,
      }))}
      message={regions.length > 0 ? null : asked.length < SHORTEST ? t('panel.regionHint') : found}
      onType={setTyped}
      onPick={({ key, label }) => onChange(key, label)}
    />
  );
}
