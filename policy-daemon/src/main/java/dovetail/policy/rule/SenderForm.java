package dovetail.policy.rule;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The form in which senders are compared: what differs from one mail of the same sender to the next
 * is left out. For comparing alone.
 */
final class SenderForm {
  /** What is longer differs behind that from nothing. */
  private static final int MOST = 512;

  // BATV: the tag has three digits of a day, one of a key and six of a hash, on either side.
  private static final Pattern BATV =
      Pattern.compile(
          "prvs=(?:[0-9]{4}[0-9a-f]{6}=(?<after>.+)|(?<before>.+)=[0-9]{4}[0-9a-f]{6})");
  private static final Pattern SPARKPOST = Pattern.compile("msprvs1=[^=]+=(?<after>.+)");

  private static final Pattern SRS0 =
      Pattern.compile("srs0[=+-][^=]+=[^=]+=(?<host>[^=]+)=(?<user>.+)");
  private static final Pattern SRS1 =
      Pattern.compile("srs1[=+-][^=]+=[^=]+=[=+-][^=]+=[^=]+=(?<host>[^=]+)=(?<user>.+)");

  private static final Pattern NUMBER = Pattern.compile("\\b[0-9]+\\b");
  private static final Pattern DIGEST = Pattern.compile("\\b[0-9a-f]{16,}\\b");

  private SenderForm() {}

  /** The form of a sender, whether it is an address or not. */
  static String of(String sender) {
    String text = sender.substring(0, Math.min(MOST, sender.length())).toLowerCase(Locale.ROOT);
    int at = text.lastIndexOf('@');
    String user = at < 0 ? text : text.substring(0, at);
    String domain = at < 0 ? "" : text.substring(at + 1);
    for (Pattern forwarding : new Pattern[] {SRS0, SRS1}) {
      Matcher forwarded = forwarding.matcher(user);
      if (forwarded.matches()) {
        domain = forwarded.group("host");
        user = forwarded.group("user");
      }
    }
    return plain(user) + '@' + domain;
  }

  private static String plain(String user) {
    String own = untagged(user);
    int plus = own.indexOf('+');
    String without = plus > 0 ? own.substring(0, plus) : own;
    return DIGEST.matcher(NUMBER.matcher(without).replaceAll("#")).replaceAll("#");
  }

  private static String untagged(String user) {
    Matcher batv = BATV.matcher(user);
    if (batv.matches()) {
      String after = batv.group("after");
      return after == null ? batv.group("before") : after;
    }
    Matcher sparkpost = SPARKPOST.matcher(user);
    return sparkpost.matches() ? sparkpost.group("after") : user;
  }
}
