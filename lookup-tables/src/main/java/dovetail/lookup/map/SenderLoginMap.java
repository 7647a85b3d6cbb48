package dovetail.lookup.map;

import dovetail.directory.Directory;
import dovetail.directory.search.AddressKey;
import dovetail.directory.search.Owners;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * {@code smtpd_sender_login_maps}: the logins that may send in a sender's name. Nobody is an
 * answer, too, by which Postfix refuses all that are logged in.
 */
record SenderLoginMap(Directory directory) {
  Finding find(String key) {
    return AddressKey.parse(key)
        .map(sender -> owners(Owners.of(directory, sender.written())))
        .orElseGet(() -> Finding.nothing(Reason.NO_ADDRESS));
  }

  private static Finding owners(Owners owners) {
    return switch (owners) {
      case Owners.Known(SortedSet<String> logins) -> list(logins);
      case Owners.TooMany(int most) ->
          Finding.refused(
              Reason.TOO_MANY_OWNERS,
              "more than %d addresses lie behind this sender: make its alias a list"
                  .formatted(most));
      case Owners.Unavailable(String why) -> Finding.unavailable(why);
    };
  }

  private static Finding list(SortedSet<String> logins) {
    String list =
        logins.stream()
            // Postfix cuts the list at each comma and space, in quotes or not.
            .filter(login -> login.indexOf(',') < 0 && login.indexOf(' ') < 0)
            .collect(Collectors.joining(","));
    return list.isEmpty() ? Finding.nothing(Reason.NO_OWNER) : Finding.found(list, Reason.OWNERS);
  }
}
