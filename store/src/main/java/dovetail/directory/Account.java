package dovetail.directory;

import dovetail.mail.Address;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A mailbox as those see it who let its owner in.
 *
 * @param address its one name, whatever name of its domain was asked for
 * @param active whether its domain is in use, and the other name by which it was asked for
 * @param receive whether mail for it is accepted
 * @param send whether its owner may send mail
 * @param services what takes its login
 * @param networks where logins may come from, in CIDR form; anywhere if there are none
 * @param place where its mail is
 * @param credentials by what its owner is known
 */
public record Account(
    Address address,
    boolean active,
    boolean receive,
    boolean send,
    Set<LoginService> services,
    List<String> networks,
    Place place,
    Credentials credentials) {
  public Account {
    services = Set.copyOf(services);
    networks = List.copyOf(networks);
  }

  /**
   * Where the mail of an account is; what is not said is as usual.
   *
   * @param home its folder
   * @param uid the system user of its files
   * @param gid the system group of its files
   * @param quota how many bytes it may hold, by its own limit or its domain's; 0 for no limit
   */
  public record Place(Optional<String> home, Optional<Long> uid, Optional<Long> gid, long quota) {
    /** As usual, without a limit. */
    public static final Place USUAL =
        new Place(Optional.empty(), Optional.empty(), Optional.empty(), 0);
  }

  /**
   * By what an owner is known.
   *
   * @param password the account's own
   * @param appPasswords further ones, by their labels
   * @param totp whether there is a secret of one-time passwords
   */
  public record Credentials(
      Optional<StoredHash> password, List<AppPassword> appPasswords, boolean totp) {
    public Credentials {
      appPasswords = List.copyOf(appPasswords);
    }
  }

  /** The same with those app passwords. */
  public Account with(List<AppPassword> appPasswords) {
    Credentials all = new Credentials(credentials.password(), appPasswords, credentials.totp());
    return new Account(address, active, receive, send, services, networks, place, all);
  }

  /** The same, if the domain is in use and also the name by which it is asked for. */
  public Account under(boolean nameActive) {
    return new Account(
        address, active && nameActive, receive, send, services, networks, place, credentials);
  }
}
