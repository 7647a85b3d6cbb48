package dovetail.lookup.map;

import dovetail.directory.Directory;
import dovetail.directory.Lookup;
import dovetail.directory.RelayHost;
import dovetail.directory.search.AddressKey;
import dovetail.directory.search.Extension;
import dovetail.directory.search.Hosting;
import dovetail.directory.search.Place;
import java.util.Map;
import java.util.Optional;

/** Through whom mail of a sender leaves, and how Postfix logs in there. */
final class RelayHostMaps {
  private static final String EVERYBODY = "*";

  private RelayHostMaps() {}

  /**
   * {@code sender_dependent_relayhost_maps}: by the sender, by it without its extension, by its
   * domain, for everybody. The null sender has a relay host of its own or none.
   */
  static LookupMap hosts(Directory directory) {
    return new ReasonedMap(key ->
        switch (bySender(directory, key)) {
          case Lookup.Found<RelayHost>(RelayHost host) ->
              Finding.found(host.nexthop(), Reason.RELAY_HOST);
          case Lookup.Absent<RelayHost>() -> Finding.nothing(Reason.NO_ROW);
          case Lookup.Unavailable<RelayHost>(String why) -> Finding.unavailable(why);
        });
  }

  /** {@code smtp_sasl_password_maps}: by the sender; by the next hop, if it is everybody's. */
  static LookupMap passwords(Directory directory) {
    return new ReasonedMap(key ->
        key.indexOf('@') >= 0
            ? password(bySender(directory, key).map(RelayHost::login))
            : byNexthop(directory, key));
  }

  /** What one sender logs in with is not for the mail of others: only what everybody uses. */
  private static Finding byNexthop(Directory directory, String key) {
    return password(
        directory
            .relayHosts()
            .flatMap(hosts -> Lookup.known(get(hosts, EVERYBODY)))
            .flatMap(host ->
                Lookup.known(
                    Optional.of(host.login()).filter(_ -> host.nexthop().equalsIgnoreCase(key)))));
  }

  private static Finding password(Lookup<Optional<RelayHost.Login>> login) {
    return switch (login) {
      case Lookup.Found<Optional<RelayHost.Login>>(Optional<RelayHost.Login> found) ->
          found.map(RelayHostMaps::password).orElseGet(() -> Finding.nothing(Reason.NO_LOGIN));
      case Lookup.Absent<Optional<RelayHost.Login>>() -> Finding.nothing(Reason.NO_LOGIN);
      case Lookup.Unavailable<Optional<RelayHost.Login>>(String why) -> Finding.unavailable(why);
    };
  }

  private static Finding password(RelayHost.Login login) {
    return login.name().indexOf(':') >= 0
        ? Finding.refused(Reason.BAD_VALUE, "the name of the login has a colon")
        : Finding.found(login.name() + ":" + login.password(), Reason.LOGIN);
  }

  private static Lookup<RelayHost> bySender(Directory directory, String key) {
    return directory.relayHosts().flatMap(hosts -> bySender(directory, hosts, key));
  }

  private static Lookup<RelayHost> bySender(
      Directory directory, Map<String, RelayHost> hosts, String key) {
    if (hosts.isEmpty()) {
      return new Lookup.Absent<>();
    }
    if (Rows.isNullSender(key)) {
      return Lookup.known(get(hosts, Rows.NOBODY));
    }
    return AddressKey.parse(key)
        .map(sender -> bySender(directory, hosts, sender))
        .orElseGet(() -> Lookup.known(get(hosts, EVERYBODY)));
  }

  private static Lookup<RelayHost> bySender(
      Directory directory, Map<String, RelayHost> hosts, AddressKey sender) {
    Optional<RelayHost> exact = get(hosts, sender.canonical().toString());
    if (exact.isPresent()) {
      return Lookup.known(exact);
    }
    return switch (Hosting.of(directory, sender.canonical().domain())) {
      case Hosting.At at -> covering(hosts, sender, at.domain().delimiters());
      case Hosting.None _ -> covering(hosts, sender, Extension.USUAL_DELIMITERS);
      case Hosting.Unknown(String why) -> new Lookup.Unavailable<>(why);
    };
  }

  private static Lookup<RelayHost> covering(
      Map<String, RelayHost> hosts, AddressKey sender, String delimiters) {
    Place last = Place.of(sender, sender.canonical().domain(), delimiters).getLast();
    return Lookup.known(
        get(hosts, last.address().toString())
            .or(() -> get(hosts, "@" + sender.canonical().domain()))
            .or(() -> get(hosts, EVERYBODY)));
  }

  private static Optional<RelayHost> get(Map<String, RelayHost> hosts, String key) {
    return Optional.ofNullable(hosts.get(key));
  }
}
