package dovetail.doctor;

import java.nio.file.Path;
import java.util.Optional;

/** What mends a fault. All but {@link Advice} can be done by the command itself. */
public sealed interface Fix {

  /**
   * A parameter of main.cf.
   *
   * @param value as it is to stand there; one line
   */
  record Main(String parameter, String value) implements Fix {}

  /**
   * A parameter of one service of master.cf.
   *
   * @param service as {@code postconf -P} names it, "submission/inet"
   * @param value without white space, which {@code postconf -P} does not take
   */
  record Master(String service, String parameter, String value) implements Fix {}

  /**
   * Lines at the end of dovecot.conf, where they count more than what stands before.
   *
   * @param text whole lines
   */
  record Dovecot(String text) implements Fix {}

  /**
   * A file that Dovecot reads, made or written anew as a whole.
   *
   * @param text all of it
   */
  record DovecotFile(Path file, String text) implements Fix {}

  /**
   * What only a person can do, since more than a line depends on it.
   *
   * @param text one line or several
   */
  record Advice(String text) implements Fix {}

  /** The line for a shell that does it, if there is one. */
  default Optional<String> command() {
    return switch (this) {
      case Main(String parameter, String value) ->
          Optional.of("postconf -e " + quoted((parameter + " = " + value).stripTrailing()));
      case Master(String service, String parameter, String value) ->
          Optional.of("postconf -P " + quoted(service + "/" + parameter + "=" + value));
      case Dovecot _, DovecotFile _, Advice _ -> Optional.empty();
    };
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
