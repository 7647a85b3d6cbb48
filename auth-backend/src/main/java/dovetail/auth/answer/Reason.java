package dovetail.auth.answer;

import dovetail.auth.wire.FailCode;
import java.util.Locale;
import java.util.Optional;

/** Why a login was granted or not; the words of log lines, metrics and tests. */
public enum Reason {
  /** By the account's own password. */
  PASSWORD(Kind.GRANTED),
  /** By a password for an application. */
  APP_PASSWORD(Kind.GRANTED),
  /** By a token that somebody else has issued. */
  TOKEN(Kind.GRANTED),
  /** There is no such account; the user is told what he is told for a wrong password. */
  NO_ACCOUNT(Kind.WRONG),
  /** The account has no password with which one could log in. */
  NO_PASSWORD(Kind.WRONG),
  /** It has one, of which no keys are stored by which one could log in without sending it. */
  NO_KEYS(Kind.WRONG),
  /** It is another password. */
  WRONG_PASSWORD(Kind.WRONG),
  /** The password is right, and its code of six digits is not there or not right. */
  WRONG_CODE(Kind.WRONG),
  /** It is no token, or not signed with the key that it names: as good as a wrong password. */
  INVALID_TOKEN(Kind.WRONG),
  /** The token was good once. */
  EXPIRED_TOKEN(Kind.REFUSED),
  /**
   * Nothing that was guessed, but not for us either: of a key that is not configured, another
   * issuer or audience, of nobody, or in another form than is agreed.
   */
  FOREIGN_TOKEN(Kind.REFUSED),
  /** The token is good, but for something else. */
  SCOPE(Kind.REFUSED),
  /** What the client sent is none of the mechanism's messages. */
  MALFORMED(Kind.REFUSED),
  /** The password is right, but its domain is switched off. */
  DOMAIN_OFF(Kind.REFUSED),
  /** The password is right, but not good for this service. */
  SERVICE_OFF(Kind.REFUSED),
  /** The password is right, but not from this network. */
  NETWORK_OFF(Kind.REFUSED),
  /** The password is right, but its time is over. */
  EXPIRED(Kind.REFUSED),
  /** The password is right, but who has it may act for nobody else. */
  OTHER_USER(Kind.REFUSED),
  /** Too many wrong passwords before this one, which was not looked at. */
  BLOCKED(Kind.DEFERRED),
  /** The stored password is in a scheme that is not compared, or too dear. */
  SCHEME(Kind.DEFERRED),
  /** Too many others wait for their passwords to be hashed. */
  BUSY(Kind.DEFERRED),
  /** The database does not answer. */
  DATABASE(Kind.DEFERRED),
  /** Dovetail itself has failed. */
  FAULT(Kind.DEFERRED);

  private final Kind kind;

  /** What becomes of such a login. */
  public enum Kind {
    GRANTED,
    /** A wrong password, or as good as one: the answer is held back. */
    WRONG,
    /** Never, with that password. */
    REFUSED,
    /** Perhaps later. */
    DEFERRED
  }

  Reason(Kind kind) {
    this.kind = kind;
  }

  /** What becomes of it. */
  public Kind kind() {
    return kind;
  }

  /** The word for it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What users are told: who does not have the password learns nothing of the account. */
  public String told() {
    return switch (this) {
      case SERVICE_OFF -> "this password is not for this service";
      case NETWORK_OFF -> "this password is not for this network";
      case DOMAIN_OFF -> "this domain is switched off";
      case EXPIRED -> "this password is not valid any more";
      case OTHER_USER -> "this account may not act for another";
      case INVALID_TOKEN -> "invalid token";
      case EXPIRED_TOKEN -> "this token is not valid any more";
      case FOREIGN_TOKEN -> "this token is not for this server";
      case SCOPE -> "this token is not for mail";
      case MALFORMED -> "malformed login";
      case NO_ACCOUNT,
          NO_PASSWORD,
          NO_KEYS,
          WRONG_PASSWORD,
          WRONG_CODE,
          PASSWORD,
          APP_PASSWORD,
          TOKEN,
          BLOCKED,
          SCHEME,
          BUSY,
          DATABASE,
          FAULT ->
          "wrong name or password";
    };
  }

  /** What programs are told, beyond that it failed. */
  public Optional<FailCode> code() {
    return switch (this) {
      case DOMAIN_OFF, SERVICE_OFF, NETWORK_OFF -> Optional.of(FailCode.USER_DISABLED);
      case EXPIRED, EXPIRED_TOKEN -> Optional.of(FailCode.PASS_EXPIRED);
      case OTHER_USER -> Optional.of(FailCode.AUTHZ_FAIL);
      case BLOCKED, SCHEME, BUSY, DATABASE, FAULT -> Optional.of(FailCode.TEMP_FAIL);
      case PASSWORD,
          APP_PASSWORD,
          TOKEN,
          INVALID_TOKEN,
          FOREIGN_TOKEN,
          SCOPE,
          NO_ACCOUNT,
          NO_PASSWORD,
          NO_KEYS,
          WRONG_PASSWORD,
          WRONG_CODE,
          MALFORMED ->
          Optional.empty();
    };
  }
}
