package dovetail.store.sql;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A URL for MariaDB's driver with what we need and the administrator has not written. */
final class MariaUrl {
  private static final Pattern LOCAL_HOST =
      Pattern.compile("jdbc:mariadb://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?/.*");
  private static final Pattern HOST = Pattern.compile("^jdbc:mariadb://[^/?]*");
  private static final Pattern SOCKET_FILE = Pattern.compile("(?<=[?&])localSocket=([^&]*)");

  private final StringBuilder url;

  private MariaUrl(String url) {
    this.url = new StringBuilder(url);
  }

  /**
   * The URL of those settings.
   *
   * @param timeout in milliseconds, for the connection and for each answer
   */
  static String of(DatabaseSettings settings, long timeout) {
    MariaUrl url = new MariaUrl(withOurSockets(settings.url()));
    url.add("connectTimeout", String.valueOf(timeout));
    url.add("socketTimeout", String.valueOf(timeout));
    if (isLocal(settings.url())) {
      // Nothing that anybody could read on the way; elsewhere the driver insists on TLS.
      url.add("sslMode", "disable");
    }
    url.add("useServerPrepStmts", "true");
    url.add("prepStmtCacheSize", "100");
    // Many rows go in one packet, where the server can do that.
    url.add("useBulkStmts", "true");
    // Strict: a value that does not fit is an error, never cut.
    url.add("sessionVariables", "sql_mode='STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'");
    return url.url.toString();
  }

  /** The driver's own sockets of this host have no timeouts. */
  private static String withOurSockets(String url) {
    Matcher file = SOCKET_FILE.matcher(url);
    if (!file.find() || url.contains("socketFactory=")) {
      return url;
    }
    String ours =
        file.replaceFirst(
            Matcher.quoteReplacement(
                "socketFactory=%s&%s=%s"
                    .formatted(
                        LocalSocketFactory.class.getName(),
                        LocalSocketFactory.OPTION,
                        file.group(1))));
    // Whatever host is written there is not asked for.
    return HOST.matcher(ours).replaceFirst("jdbc:mariadb://localhost");
  }

  private static boolean isLocal(String url) {
    return url.contains("localSocket=") || LOCAL_HOST.matcher(url).matches();
  }

  /** What the administrator has written stays. */
  private void add(String name, String value) {
    if (url.indexOf(name + "=") < 0) {
      url.append(url.indexOf("?") < 0 ? '?' : '&').append(name).append('=').append(value);
    }
  }
}
