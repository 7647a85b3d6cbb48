package dovetail.auth.session;

import dovetail.auth.wire.MechanismFlag;
import dovetail.auth.wire.ServerLine;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

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

  private final MechanismFlag flag;

  Mechanism(MechanismFlag flag) {
    this.flag = flag;
  }

  /** The one of that name, in any case. */
  public static Optional<Mechanism> of(String name) {
    String word = name.toUpperCase(Locale.ROOT);
    return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
  }

  /** Its name. */
  public String word() {
    return name().replace('_', '-');
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
