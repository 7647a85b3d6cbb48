package dovetail.directory;

import dovetail.mail.Address;
import java.util.List;

/** Who can log in here. For any thread; may wait for a database. Names are canonical. */
public interface Accounts {
  /**
   * The account with that login: its mailbox's address, or the same local part at another name of
   * its domain. It may be switched off in several ways, which the answer tells.
   */
  Lookup<Account> account(Address login);

  /** The same by a name as somebody wrote it, in whatever case; absent if it is no address. */
  default Lookup<Account> named(String login) {
    return Address.parse(login)
        .map(Address::canonical)
        .map(this::account)
        .orElseGet(Lookup.Absent::new);
  }

  /**
   * The secret of an account's one-time passwords; absent if it has none. Never remembered.
   *
   * @param account its own address
   */
  Lookup<TotpSecret> totp(Address account);

  /**
   * The addresses of all accounts, switched off or not, a part at a time in the order of their
   * spelling; an empty list behind the last one, never absent.
   *
   * @param after the last one of the part before, as {@link Address#toString} gives it; empty for
   *     the first part
   * @param most how many
   * @param mask only those of that form
   */
  Lookup<List<Address>> page(String after, int most, AccountMask mask);
}
