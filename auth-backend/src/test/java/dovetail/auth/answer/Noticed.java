package dovetail.auth.answer;

import dovetail.directory.Account;
import dovetail.directory.AccountMask;
import dovetail.directory.Accounts;
import dovetail.directory.Lookup;
import dovetail.directory.TotpSecret;
import dovetail.mail.Address;
import java.util.List;

/**
 * Accounts, and something that happens whenever one is asked for.
 *
 * @param accounts that answer
 * @param meanwhile is done before
 */
record Noticed(Accounts accounts, Runnable meanwhile) implements Accounts {
  @Override
  public Lookup<Account> account(Address login) {
    meanwhile.run();
    return accounts.account(login);
  }

  @Override
  public Lookup<TotpSecret> totp(Address account) {
    return accounts.totp(account);
  }

  @Override
  public Lookup<List<Address>> page(String after, int most, AccountMask mask) {
    return accounts.page(after, most, mask);
  }
}
