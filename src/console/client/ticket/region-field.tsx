import { Combobox } from '@base-ui/react/combobox';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { request } from '../api/request.js';
import { search } from '../api/queries.js';
import type { Region } from '../api/types.js';
import { t } from '../text/text.js';
import { Icon } from '../ui/icon.js';

interface RegionFieldProps {
  code: string | null;
  name: string | null;
  onChange: (code: string | null, name: string | null) => void;
}

/** Picks a region by its name; the server searches as one types. */
export function RegionField({ code, name, onChange }: RegionFieldProps): ReactNode {
  const [typed, setTyped] = useState('');
  const { data, isFetching } = useQuery({
    queryKey: ['regions', typed],
    enabled: typed.trim().length >= 2,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    queryFn: async ({ signal }) =>
      (await request<{ items: Region[] }>(`/regions?${search({ q: typed.trim() })}`, { signal })).items,
  });
  const value: Region | null = code && name ? { code, name, level: '', province: null } : null;
  return (
    <div className="field">
      <Combobox.Root
        items={data ?? []}
        value={value}
        filter={null}
        itemToStringLabel={({ name: label }: Region) => label}
        isItemEqualToValue={(a: Region, b: Region) => a.code === b.code}
        onInputValueChange={setTyped}
        onValueChange={(region: Region | null) => onChange(region?.code ?? null, region?.name ?? null)}
      >
        <Combobox.Label className="field-label">{t('panel.region')}</Combobox.Label>
        <div className="input-with-button">
          <Combobox.Input placeholder={t('panel.regionHint')} />
          <Combobox.Clear className="icon-button" aria-label={t('panel.regionClear')}>
            <Icon name="close" />
          </Combobox.Clear>
        </div>
        <Combobox.Portal>
          <Combobox.Positioner sideOffset={4} className="popup-place">
            <Combobox.Popup className="menu menu-scroll">
              <Combobox.Status className="menu-note">
                {isFetching ? t('common.loading') : typed.trim().length < 2 ? t('panel.regionHint') : null}
              </Combobox.Status>
              <Combobox.Empty className="menu-note">
                {!isFetching && typed.trim().length >= 2 ? t('panel.regionNone') : null}
              </Combobox.Empty>
              <Combobox.List>
                {(region: Region) => (
                  <Combobox.Item key={region.code} value={region} className="menu-item">
                    <span>
                      {region.name}
                      {region.province && <span className="muted"> · {region.province}</span>}
                    </span>
                    <span className="menu-code">{region.code}</span>
                  </Combobox.Item>
                )}
              </Combobox.List>
            </Combobox.Popup>
          </Combobox.Positioner>
        </Combobox.Portal>
      </Combobox.Root>
    </div>
  );
}
