package dovetail.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;

/** A number that counts up on a terminal; nothing where there is none. */
final class ProgressLine {
  private final PrintWriter out;
  private final boolean shown;
  private boolean written;

  private ProgressLine(PrintWriter out, boolean shown) {
    this.out = out;
    this.shown = shown;
  }

  static ProgressLine onTerminal(PrintWriter err) {
    return new ProgressLine(
        err, Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent());
  }

  void made(long count) {
    if (shown) {
      out.print("\r" + count + " rows");
      out.flush();
      written = true;
    }
  }

  /** Leaves the line free. */
  void end() {
    if (written) {
      out.print("\r\033[K");
      out.flush();
      written = false;
    }
  }
}
