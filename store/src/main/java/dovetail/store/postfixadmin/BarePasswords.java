package dovetail.store.postfixadmin;

/**
 * What a password is that bears no mark of how it was hashed. The database does not say; somebody
 * who takes one for another locks people out, or lets those in who have seen a hash.
 */
public enum BarePasswords {
  /** Nobody knows: such a mailbox gets no password. */
  UNKNOWN,
  /** As people type it. */
  CLEARTEXT,
  /** The old crypt(3), 13 characters. */
  DES_CRYPT,
  /** MD5 without salt, 32 hexadecimal digits. */
  MD5_HEX
}
