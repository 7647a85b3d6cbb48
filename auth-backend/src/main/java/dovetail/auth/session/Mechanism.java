package dovetail.auth.session;

import dovetail.auth.wire.MechanismFlag;
import dovetail.auth.wire.ServerLine;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The ways to log in that we speak. */
public enum Mechanism {
  /** RFC 4616. */
  PLAIN(MechanismFlag.PLAINTEXT),
  /** What older programs of Microsoft speak. */
  LOGIN(MechanismFlag.PLAINTEXT),
  /** RFC 7677: the password is proven, and not sent. */
  SCRAM_SHA_256(MechanismFlag.MUTUAL_AUTH),
  /** RFC 7628: a token that somebody else has issued. */
  OAUTHBEARER(MechanismFlag.PLAINTEXT),
  /** The same as Google had it before. */
  XOAUTH2(MechanismFlag.PLAINTEXT);

  private static final Map<String, Mechanism> BY_WORD =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Mechanism::word, one -> one));

  private final MechanismFlag flag;
  private final String word = name().replace('_', '-');

  Mechanism(MechanismFlag flag) {
    this.flag = flag;
  }

  /** The one of that name, in any case. */
  public static Optional<Mechanism> of(String name) {
    return Optional.ofNullable(BY_WORD.get(name.toUpperCase(Locale.ROOT)));
  }

  /** Its name. */
  public String word() {
    return word;
  }

  ServerLine.Mech line() {
    return new ServerLine.Mech(word(), Set.of(flag));
  }

  /** Whether tokens are sent. */
  public boolean takesTokens() {
    return this == OAUTHBEARER || this == XOAUTH2;
  }

  /**
   * Where those knock who send no password.
   *
   * @param scram with a proof
   * @param token with a token
   */
  record Doors(ScramExchange.Door scram, TokenExchange.Door token) {}

  /** Begins it. */
  Exchange begin(Doors doors) {
    return switch (this) {
      case PLAIN -> new PlainExchange();
      case LOGIN -> new LoginExchange();
      case SCRAM_SHA_256 -> new ScramExchange(doors.scram());
      case OAUTHBEARER -> new TokenExchange(TokenDialect.OAUTHBEARER, doors.token());
      case XOAUTH2 -> new TokenExchange(TokenDialect.XOAUTH2, doors.token());
    };
  }
}
