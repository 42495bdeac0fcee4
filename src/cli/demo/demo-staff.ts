import type { Post } from '../../models/official-letter.js';
import type { Role } from '../../models/staff.js';
import { hashPassword } from '../../services/staff/password.js';
import type { ServiceContext } from '../../services/service-context.js';

/** Only ever set in a scratch folder; printed at the start. */
export const DEMO_PASSWORD = 'contoh-dering-123';

/** The unit whose people are here. */
const DEMO_UNIT = 'dana-transfer-khusus';
const DEMO_DEPUTY = 'wati';

/** Plainly invented people, one for each kind of work. */
export const DEMO_STAFF: readonly {
  username: string;
  name: string;
  position: string;
  roles: Role[];
  unitCode: string;
  /** On the way of letters (R-B4, R-B5). */
  post?: Post;
}[] = [
  {
    username: 'sari',
    name: 'Sari Contoh',
    position: 'Petugas Contact Center',
    roles: ['agent'],
    unitCode: 'sekretariat',
  },
  {
    username: 'budi',
    name: 'Budi Contoh',
    position: 'Petugas Contact Center',
    roles: ['agent'],
    unitCode: 'sekretariat',
  },
  {
    username: 'rina',
    name: 'Rina Contoh',
    position: 'Supervisor Contact Center',
    roles: ['supervisor'],
    unitCode: 'sekretariat',
  },
  {
    username: 'andi',
    name: 'Andi Contoh',
    position: 'Pelaksana Subdit DAK',
    roles: ['unit-member'],
    unitCode: DEMO_UNIT,
  },
  {
    username: 'hari',
    name: 'Hari Contoh',
    position: 'Kepala Subdit DAK',
    roles: ['head-of-unit'],
    unitCode: DEMO_UNIT,
  },
  {
    username: DEMO_DEPUTY,
    name: 'Wati Contoh',
    position: 'Kepala Seksi, mewakili Kepala Subdit DAK',
    roles: ['unit-member'],
    unitCode: DEMO_UNIT,
  },
  {
    username: 'tuti',
    name: 'Tuti Contoh',
    position: 'Pelaksana Subbagian MSKLIP',
    roles: ['unit-member'],
    unitCode: 'sekretariat',
    post: 'pelaksana-msklip',
  },
  {
    username: 'kiki',
    name: 'Kiki Contoh',
    position: 'Kepala Subbagian MSKLIP',
    roles: ['unit-member'],
    unitCode: 'sekretariat',
    post: 'kasubbag-msklip',
  },
  {
    username: 'bima',
    name: 'Bima Contoh',
    position: 'Kepala Bagian HKK',
    roles: ['head-of-unit'],
    unitCode: 'sekretariat',
    post: 'kabag-hkk',
  },
  {
    username: 'ratna',
    name: 'Ratna Contoh',
    position: 'Sekretaris Direktorat Jenderal',
    roles: ['unit-member'],
    unitCode: 'sekretariat',
    post: 'sesditjen',
  },
  {
    username: 'rara',
    name: 'Rara Contoh',
    position: 'Resepsionis Ruang Layanan Informasi',
    roles: ['receptionist'],
    unitCode: 'sekretariat',
  },
  {
    username: 'admin',
    name: 'Admin Contoh',
    position: 'Administrator',
    roles: ['administrator', 'agent'],
    unitCode: 'sekretariat',
  },
];

export async function addDemoStaff({ models, newId }: ServiceContext, createdAt: Date): Promise<void> {
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  for (const person of DEMO_STAFF) {
    await models.staff.create({
      _id: newId(),
      ...person,
      email: `${person.username}@contoh.go.id`,
      passwordHash,
      createdAt,
    });
  }
  const deputy = await models.staff.findOne({ username: DEMO_DEPUTY }, { _id: 1 }).lean();
  await models.units.updateOne({ _id: DEMO_UNIT }, { $set: { deputyId: deputy?._id ?? null } });
}
