export interface PasswordCheck {
  long: boolean;
  differs: boolean;
  varied: boolean;
}

/** The hints beside a new password; an empty one meets none. */
export function checkPassword(password: string, username: string): PasswordCheck {
  const typed = password.length > 0;
  const name = username.trim().toLowerCase();
  return {
    long: Array.from(password).length >= 12,
    differs: typed && (name === '' || !password.toLowerCase().includes(name)),
    varied: new Set(password).size > 1,
  };
}
