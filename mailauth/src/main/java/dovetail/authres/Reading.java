package dovetail.authres;

import java.util.List;

/** What became of reading an Authentication-Results field. */
public sealed interface Reading {
  /** It could be read; without any result if it says {@code none} or nothing. */
  record Parsed(AuthenticationResults results) implements Reading {}

  /**
   * It names no service, as some of Microsoft's do not, and so can never be believed.
   *
   * @param results what it says
   */
  record Nameless(List<MethodResult> results) implements Reading {
    /** Takes a copy of the list. */
    public Nameless {
      results = List.copyOf(results);
    }
  }

  /**
   * It breaks the grammar beyond what is forgiven, or a limit.
   *
   * @param reason fixed text, never a part of the field
   * @param offset where, in octets from the start of the value
   */
  record Malformed(String reason, int offset) implements Reading {}
}
