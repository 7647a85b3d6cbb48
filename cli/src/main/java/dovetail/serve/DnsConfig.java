package dovetail.serve;

import dovetail.config.ConfigException;
import dovetail.config.ConfigValue;
import dovetail.config.Key;
import dovetail.config.Section;
import dovetail.config.Settings;
import dovetail.dns.dnsjava.DnsSettings;
import dovetail.server.Network;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** The keys of the section {@code [dns]}. */
public final class DnsConfig {
  private static final int DNS_PORT = 53;
  private static final int MAX_PORT = 65_535;

  static final Key<List<InetSocketAddress>> SERVERS =
      Key.list(
          "servers",
          List.of(),
          DnsConfig::server,
          "Servers that resolve for us, in the order in which they are asked: addresses, each with a"
              + " port if it is not 53, such as \"127.0.0.1:5300\" or \"[::1]:53\". Those of"
              + " /etc/resolv.conf if none is named.");

  static final Key<Duration> TIMEOUT =
      Key.atLeast(
          "100ms",
          Key.duration(
              "timeout", "5s", "How long one question may take, all tries and servers together."));

  public static final Key<Duration> MESSAGE_TIMEOUT =
      Key.atLeast(
          "100ms",
          Key.duration(
              "message_timeout",
              "15s",
              "How long all answers for one message may be waited for, and as long again for DMARC;"
                  + " keep it far below Postfix's milter_content_timeout."));

  static final Key<Boolean> TRUST_AD =
      Key.bool(
          "trust_ad",
          false,
          "Whether servers beyond loopback are believed when they say that they have checked an"
              + " answer by DNSSEC.");

  static final Section SECTION =
      Section.of(
          "dns",
          "Whom we ask, and for how long.",
          List.of(SERVERS, TIMEOUT, MESSAGE_TIMEOUT, TRUST_AD));

  private DnsConfig() {}

  /** The settings, as those who ask take them. */
  static DnsSettings settings(Settings settings) {
    return new DnsSettings(settings.get(SERVERS), settings.get(TIMEOUT), settings.get(TRUST_AD));
  }

  private static InetSocketAddress server(ConfigValue value) throws ConfigException {
    String text = value.asString();
    int colon = text.lastIndexOf(':');
    boolean hasPort = colon > 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
    String host = hasPort ? text.substring(0, colon) : text;
    try {
      return new InetSocketAddress(
          Network.parseAddress(withoutBrackets(host)),
          hasPort ? port(text.substring(colon + 1)) : DNS_PORT);
    } catch (IllegalArgumentException _) {
      throw value.error(
          "expected an address and perhaps a port, such as \"127.0.0.1:5300\" or \"[::1]:53\","
              + " found \""
              + text
              + "\"");
    }
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static int port(String text) {
    int port = Integer.parseInt(text);
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("no port: " + text);
    }
    return port;
  }
}
