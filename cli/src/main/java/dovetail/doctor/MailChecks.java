package dovetail.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether Postfix changes messages behind the milter, and the signatures with them. */
final class MailChecks {
  /** The longest line that SMTP allows, without its end. */
  private static final int LINE = 998;

  /** What rewrites when mail leaves, and what does the same before the milter. */
  private static final Map<String, String> LATE =
      Map.of(
          "smtp_generic_maps", "canonical_maps",
          "smtp_header_checks", "header_checks",
          "smtp_mime_header_checks", "mime_header_checks",
          "smtp_nested_header_checks", "nested_header_checks",
          "smtp_body_checks", "body_checks");

  private MailChecks() {}

  static List<Finding> run(Own own, Postfix postfix) {
    if (!own.has(Own.Part.MILTER)) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    lines(postfix, findings);
    conversion(postfix, findings);
    LATE.keySet().stream().sorted().forEach(parameter -> rewriting(postfix, parameter, findings));
    return findings;
  }

  private static void lines(Postfix postfix, List<Finding> findings) {
    String limit = postfix.value("smtp_line_length_limit");
    if (limit.matches("[0-9]{1,9}")
        && Integer.parseInt(limit) > 0
        && Integer.parseInt(limit) < LINE) {
      findings.add(
          Finding.postfix(
              "smtp_line_length_limit = %s: lines that SMTP allows are broken when mail leaves, and its signature with them"
                  .formatted(limit),
              new Fix.Main("smtp_line_length_limit", Integer.toString(LINE))));
    }
    if (postfix.value("cleanup_replace_stray_cr_lf").equals("no")) {
      findings.add(
          Finding.postfix(
              "cleanup_replace_stray_cr_lf = no: the next host may change stray carriage returns, and break the signature",
              new Fix.Main("cleanup_replace_stray_cr_lf", "yes")));
    }
  }

  /**
   * 8-bit text becomes quoted-printable for hosts without 8BITMIME: after the milter, if at all.
   */
  private static void conversion(Postfix postfix, List<Finding> findings) {
    if (postfix.knows("force_mime_input_conversion")
        && !postfix.value("force_mime_input_conversion").equals("yes")
        && !postfix.value("disable_mime_output_conversion").equals("yes")) {
      findings.add(
          Finding.postfix(
              "8-bit text is converted for hosts that do not take it when it has been signed",
              new Fix.Main("force_mime_input_conversion", "yes")));
    }
  }

  private static void rewriting(Postfix postfix, String parameter, List<Finding> findings) {
    String value = postfix.main().getOrDefault(parameter, "");
    if (!value.isBlank()) {
      String before = LATE.getOrDefault(parameter, "");
      findings.add(
          Finding.postfix(
              parameter + " changes what has been signed when mail leaves",
              new Fix.Advice(
                  "move its rows to %s, which works before the milter; then postconf -e '%s ='"
                      .formatted(before, parameter))));
    }
  }
}
