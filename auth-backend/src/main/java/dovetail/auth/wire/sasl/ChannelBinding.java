package dovetail.auth.wire.sasl;

import java.util.Optional;
import java.util.regex.Pattern;

/** What a client says about binding the login to its TLS channel (RFC 5802 6). */
public sealed interface ChannelBinding {
  /** It cannot. */
  record Unsupported() implements ChannelBinding {}

  /** It could, and thinks that the server cannot: a server that can has been lied about. */
  record NotOffered() implements ChannelBinding {}

  /**
   * It does.
   *
   * @param type how, such as {@code tls-exporter}
   */
  record Used(String type) implements ChannelBinding {
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9.-]+"); // cb-name

    /**
     * Such a binding.
     *
     * @throws IllegalArgumentException if none is named so
     */
    public Used {
      if (!TYPE.matcher(type).matches()) {
        throw new IllegalArgumentException("no name of a channel binding");
      }
    }
  }

  /** Reads a gs2-cbind-flag (RFC 5802 7). */
  static ChannelBinding parse(String flag) throws MalformedSaslException {
    return switch (flag) {
      case "n" -> new Unsupported();
      case "y" -> new NotOffered();
      default -> {
        if (!flag.startsWith("p=") || !Used.TYPE.matcher(flag.substring(2)).matches()) {
          throw new MalformedSaslException(SaslFault.BINDING_FLAG);
        }
        yield new Used(flag.substring(2));
      }
    };
  }

  /** The flag with the name behind it that a user wants to act as, as messages begin. */
  default String header(Optional<String> authorization) {
    String flag =
        switch (this) {
          case Unsupported() -> "n";
          case NotOffered() -> "y";
          case Used(String type) -> "p=" + type;
        };
    return flag + "," + authorization.map(name -> "a=" + SaslText.escaped(name)).orElse("") + ",";
  }
}
