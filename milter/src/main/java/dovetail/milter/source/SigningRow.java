package dovetail.milter.source;

import dovetail.config.ConfigException;
import dovetail.config.ConfigTable;
import dovetail.config.ConfigValue;
import dovetail.mail.Domain;
import java.util.List;
import java.util.Optional;

/**
 * One row of the signing table: mail of these author domains is signed by that domain.
 *
 * @param authors which author domains
 * @param domain the signing domain, the {@code d=} of the signature
 * @param selectors the selectors to sign with; all of the domain's keys where none is named
 * @param origin where the row stands, for complaints
 */
public record SigningRow(
    AuthorPattern authors, Domain domain, List<String> selectors, ConfigValue origin) {
  public SigningRow {
    selectors = List.copyOf(selectors);
  }

  /** Reads a row: {@code from}, {@code domain}, {@code selectors}. */
  public static SigningRow read(ConfigValue value) throws ConfigException {
    ConfigTable row = value.asTable("from", "domain", "selectors");
    List<String> selectors =
        row.get("selectors", names -> names.asList(ConfigValue::asString)).orElse(List.of());
    return new SigningRow(
        AuthorPattern.read(row.require("from")), domain(row.require("domain")), selectors, value);
  }

  /** Reads a domain. */
  public static Domain domain(ConfigValue value) throws ConfigException {
    String text = value.asString();
    Optional<Domain> domain = Domain.parse(text);
    if (domain.isEmpty()) {
      throw value.error("expected a domain, found \"" + text + "\"");
    }
    return domain.get();
  }
}
