export type Role = 'agent' | 'supervisor' | 'unit-member' | 'head-of-unit' | 'receptionist' | 'administrator';

export const ROLES: readonly Role[] = [
  'agent',
  'supervisor',
  'unit-member',
  'head-of-unit',
  'receptionist',
  'administrator',
];

/** In the secretariat, in the order a letter climbs (R-B4, R-B5). */
export type Post = 'pelaksana-msklip' | 'kasubbag-msklip' | 'kabag-hkk' | 'sesditjen';

export const POSTS: readonly Post[] = ['pelaksana-msklip', 'kasubbag-msklip', 'kabag-hkk', 'sesditjen'];

export type Language = 'id' | 'en';

export interface Me {
  id: string;
  username: string;
  name: string;
  position: string | null;
  roles: Role[];
  language: Language;
  unitCode: string | null;
  post: Post | null;
}

export interface SetupInvitation {
  valid: boolean;
  needsUsername: boolean;
  username?: string | null;
  name?: string | null;
}

export interface SessionInfo {
  id: string;
  userAgent: string | null;
  createdAt: string;
  lastSeenAt: string;
  current: boolean;
}

export interface StaffMember {
  id: string;
  username: string;
  name: string;
  position: string | null;
  email: string | null;
  roles: Role[];
  unitCode: string | null;
  post: Post | null;
  active: boolean;
  hasPassword: boolean;
}

export interface Assignee {
  id: string;
  name: string;
}
