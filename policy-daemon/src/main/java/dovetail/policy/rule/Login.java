package dovetail.policy.rule;

import dovetail.mail.Address;
import java.util.Locale;

/** The one spelling of a login, by which it is counted, suspended and shown. */
public final class Login {
  private Login() {}

  /**
   * Without spaces around it and a dot at its end, in small letters.
   *
   * @param text as the client or an administrator wrote it
   */
  public static String spelling(String text) {
    String name = text.strip();
    String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    return Address.parse(bare)
        .map(address -> address.canonical().toString())
        .orElseGet(() -> bare.toLowerCase(Locale.ROOT));
  }
}
