package dovetail.auth.answer;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * In what form mail is kept, and where.
 *
 * @param driver Dovecot's word for the form, such as {@code maildir}
 * @param path where, {@code ~} being the user's home
 */
public record MailLocation(String driver, String path) {
  private static final Pattern WRITTEN = Pattern.compile("([a-z][a-z0-9_]*):([^:\\p{Cntrl}]+)");

  /**
   * As Dovecot 2.3 writes it, without further options behind the path: {@code maildir:~/Maildir}.
   */
  public static Optional<MailLocation> of(String text) {
    Matcher matcher = WRITTEN.matcher(text);
    return matcher.matches()
        ? Optional.of(new MailLocation(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return driver + ":" + path;
  }
}
