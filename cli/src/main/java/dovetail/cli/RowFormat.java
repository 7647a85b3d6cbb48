package dovetail.cli;

import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** How many rows are written down. */
enum RowFormat {
  /** Comma-separated values (RFC 4180) with the names of the fields in the first line. */
  CSV,
  /** A JSON object a line. */
  JSONL;

  static OptionSpec option() {
    return OptionSpec.builder("--format")
        .arity("1")
        .type(RowFormat.class)
        .paramLabel("FORMAT")
        .defaultValue(CSV.name())
        .description(
            "csv (the usual one), with the names of fields in the first line; or jsonl, a JSON"
                + " object a line.")
        .build();
  }

  static RowFormat of(CommandSpec spec) {
    RowFormat format = spec.findOption("--format").getValue();
    return format == null ? CSV : format;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
