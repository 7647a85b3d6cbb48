package dovetail.milter.source;

import dovetail.config.ConfigException;
import dovetail.config.ConfigTable;
import dovetail.config.ConfigValue;
import dovetail.mail.Address;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One row of the configuration: mail of these domains is copied to that address.
 *
 * @param domains which domains; never all
 * @param to the archive, in ASCII
 * @param origin where the row stands, for complaints
 */
public record ArchiveRow(AuthorPattern domains, Address to, ConfigValue origin) {
  /** Reads a row: {@code domain}, {@code to}. */
  public static ArchiveRow read(ConfigValue value) throws ConfigException {
    ConfigTable row = value.asTable("domain", "to");
    AuthorPattern domains = AuthorPattern.read(row.require("domain"));
    if (domains instanceof AuthorPattern.Any) {
      throw row.require("domain")
          .error("expected a domain, or \"*.\" and a domain: for all mail Postfix has always_bcc");
    }
    return new ArchiveRow(domains, address(row.require("to")), value);
  }

  private static Address address(ConfigValue value) throws ConfigException {
    String text = value.asString();
    Optional<Address> address = Address.parse(text).filter(ArchiveRow::isWritable);
    if (address.isEmpty()) {
      throw value.error("expected an address of ASCII, found \"" + text + "\"");
    }
    return address.get();
  }

  /** Whether any MTA takes it: without SMTPUTF8 an address is ASCII. */
  static boolean isWritable(Address address) {
    return !address.localPart().isEmpty()
        && StandardCharsets.US_ASCII.newEncoder().canEncode(address.localPart());
  }
}
