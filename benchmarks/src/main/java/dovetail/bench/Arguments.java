package dovetail.bench;

import dovetail.server.ListenAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Arguments of the form {@code name=value}. */
record Arguments(Map<String, String> values) {
  /**
   * @throws IllegalArgumentException naming what is known, if one is not
   */
  static Arguments parse(String[] arguments, Set<String> known) {
    Map<String, String> values = new HashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (equals < 0 || !known.contains(name)) {
        throw new IllegalArgumentException(
            "\""
                + argument
                + "\": expected NAME=VALUE with one of "
                + known.stream().sorted().toList());
      }
      values.put(name, argument.substring(equals + 1));
    }
    return new Arguments(values);
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  String text(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException(name + "= is missing"));
  }

  int number(String name, int otherwise) {
    return find(name).map(Integer::parseInt).orElse(otherwise);
  }

  double seconds(String name, double otherwise) {
    return find(name).map(Double::parseDouble).orElse(otherwise);
  }

  boolean yes(String name) {
    return find(name).map("yes"::equals).orElse(false);
  }

  /** In Postfix's form. */
  SocketAddress address() {
    return socketAddress(text("address"));
  }

  /** Several, with commas between them. */
  List<SocketAddress> addresses() {
    return words("address").map(Arguments::socketAddress).toList();
  }

  /** What stands between commas; nothing if there is no such argument. */
  Stream<String> words(String name) {
    return find(name).stream().flatMap(text -> Stream.of(text.split(",", -1)));
  }

  private static SocketAddress socketAddress(String text) {
    return switch (ListenAddress.parse(text)) {
      case ListenAddress.Inet inet -> inet.socketAddresses().getFirst();
      case ListenAddress.Unix(var path) -> UnixDomainSocketAddress.of(path);
    };
  }
}
