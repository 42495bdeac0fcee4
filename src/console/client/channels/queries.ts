import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useList } from '../api/queries.js';
import { request } from '../api/request.js';
import type { ChannelName, ChannelView, Pairing } from '../api/types.js';

export function useChannels(): UseQueryResult<ChannelView[]> {
  return useList<ChannelView>('channels');
}

export function usePairing(name: ChannelName): UseQueryResult<Pairing> {
  return useQuery({
    queryKey: ['pairing', name],
    // The code is a secret: it is forgotten with the window that shows it.
    gcTime: 0,
    staleTime: 0,
    queryFn: ({ signal }) => request<Pairing>(pairingPath(name), { signal }),
  });
}

export function pairingPath(name: ChannelName): string {
  return `/channels/${name}/pairing`;
}
