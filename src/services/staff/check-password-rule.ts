import { DomainError } from '../../shared/errors.js';

const SHORTEST_PASSWORD = 12;
/** Longer ones are refused before they are hashed, so that nobody buys work with a megabyte. */
const LONGEST_PASSWORD = 256;

/** The long ones of the usual lists and what people here would make of the office's name. */
const COMMON = [
  '123456789012',
  '1234567890ab',
  'administrator',
  'adminadminadmin',
  'bismillah1234',
  'callcenterdjpk',
  'contactcenter',
  'djpkkemenkeu',
  'iloveyou1234',
  'indonesia1234',
  'indonesiaraya',
  'jakarta123456',
  'kemenkeu1234',
  'kementeriankeuangan',
  'password1234',
  'passwordpassword',
  'qwertyuiop12',
  'qwertyuiop123',
  'rahasia12345',
  'rahasiarahasia',
];

/**
 * At least twelve characters, not the username in another dress, not a common one, not one sign repeated.
 * @throws DomainError weak-password
 */
export function checkPasswordRule(password: string, username: string): void {
  const plain = password.toLowerCase().replace(/[\s._-]/g, '');
  const name = username.toLowerCase().replace(/[\s._-]/g, '');
  const length = Array.from(password).length;
  const weak =
    length < SHORTEST_PASSWORD ||
    password.length > LONGEST_PASSWORD ||
    COMMON.includes(plain) ||
    new Set(plain).size < 4 ||
    (name.length >= 3 && plain.replaceAll(name, '').length < 4);
  if (weak) throw new DomainError('weak-password', { length: SHORTEST_PASSWORD });
}
