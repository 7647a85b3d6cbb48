package dovetail.server;

import dovetail.config.ConfigException;
import dovetail.config.ConfigTable;
import dovetail.config.ConfigValue;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.FileSystems;
import java.util.List;
import java.util.Optional;

/**
 * One listener as configured.
 *
 * @param address where
 * @param mode what the service does for those who come in here; its words belong to the service
 * @param group the group of a unix socket
 * @param permissions the mode of a unix socket in octal, "0660"; when empty 0660 with a group, else
 *     0600
 * @param allow who may connect to an internet socket; empty: everybody who can reach it
 */
public record ListenSpec(
    ListenAddress address,
    Optional<String> mode,
    Optional<String> group,
    Optional<String> permissions,
    List<Network> allow) {
  private static final String OCTAL = "0?[0-7]{3}";

  /**
   * @throws IllegalArgumentException when the permissions are not octal
   */
  public ListenSpec {
    allow = List.copyOf(allow);
    if (permissions.isPresent() && !permissions.get().matches(OCTAL)) {
      throw new IllegalArgumentException(
          "permissions are octal digits such as \"0660\", not \"" + permissions.get() + "\"");
    }
  }

  /** A listener with nothing but an address. */
  public static ListenSpec of(ListenAddress address) {
    return new ListenSpec(address, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
  }

  /** A listener with nothing but an address, as {@link ListenAddress#parse} reads it. */
  public static ListenSpec of(String address) {
    return of(ListenAddress.parse(address));
  }

  /** Reads an element of a "listen" list: a string, or a table with the key "address". */
  public static ListenSpec read(ConfigValue value) throws ConfigException {
    ListenSpec spec;
    if (value.isString()) {
      spec = of(address(value));
    } else if (value.isTable()) {
      spec = table(value.asTable("address", "mode", "group", "permissions", "allow"));
    } else {
      throw value.error(
          "expected an address such as \"inet:localhost:8891\", or a table with the key 'address'");
    }
    if (spec.address() instanceof ListenAddress.Inet inet
        && !inet.isLoopback()
        && spec.allow().isEmpty()) {
      throw value.error(
          "%s can be reached from other machines: write { address = \"%s\", allow = [\"192.0.2.0/24\"] }"
                  .formatted(inet, inet)
              + " with the networks that may connect, or listen on inet:localhost:"
              + inet.port());
    }
    return spec;
  }

  private static ListenSpec table(ConfigTable table) throws ConfigException {
    ListenAddress address = address(table.require("address"));
    Optional<String> group = table.get("group", ListenSpec::group);
    Optional<String> permissions = table.get("permissions", ListenSpec::permissions);
    List<Network> allow =
        table.<List<Network>>get("allow", v -> v.asList(Network::read)).orElse(List.of());
    switch (address) {
      case ListenAddress.Inet _ when group.isPresent() || permissions.isPresent() ->
          throw table.error("'group' and 'permissions' are for unix sockets");
      case ListenAddress.Unix _ when !allow.isEmpty() ->
          throw table.error("'allow' is for inet sockets; a unix socket has 'group'");
      case ListenAddress.Inet _, ListenAddress.Unix _ -> {
        return new ListenSpec(
            address, table.get("mode", ConfigValue::asString), group, permissions, allow);
      }
    }
  }

  private static ListenAddress address(ConfigValue value) throws ConfigException {
    try {
      return ListenAddress.parse(value.asString());
    } catch (IllegalArgumentException e) {
      throw value.error(String.valueOf(e.getMessage()));
    }
  }

  private static String group(ConfigValue value) throws ConfigException {
    String name = value.asString();
    try {
      FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByGroupName(name);
      return name;
    } catch (IOException e) {
      throw value.error("this machine has no group \"" + name + "\"");
    }
  }

  private static String permissions(ConfigValue value) throws ConfigException {
    String text = value.asString();
    if (!text.matches(OCTAL)) {
      throw value.error("expected octal digits in quotes such as \"0660\", found \"" + text + "\"");
    }
    return text;
  }

  /** Whether a peer with this address may connect. */
  public boolean allows(InetAddress peer) {
    return allow.isEmpty() || Network.anyContains(allow, peer);
  }
}
