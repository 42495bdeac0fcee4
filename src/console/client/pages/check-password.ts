export interface PasswordCheck {
  long: boolean;
  differs: boolean;
  varied: boolean;
}

/** The hints beside a new password; an empty one meets none. The server also knows the common ones. */
export function checkPassword(password: string, username: string): PasswordCheck {
  const plain = undress(password);
  const name = undress(username);
  return {
    long: Array.from(password).length >= 12,
    differs: plain !== '' && (name.length < 3 || plain.replaceAll(name, '').length >= 4),
    varied: new Set(plain).size >= 4,
  };
}

/** The same word in another dress is the same word. */
function undress(text: string): string {
  return text.toLowerCase().replace(/[\s._-]/g, '');
}
