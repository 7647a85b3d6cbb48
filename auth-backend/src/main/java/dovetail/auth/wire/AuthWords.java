package dovetail.auth.wire;

/**
 * What Dovecot calls things in the auth protocols (auth-client-interface.h, master-interface.h).
 */
final class AuthWords {
  static final int MAJOR = 1; // AUTH_CLIENT_PROTOCOL_MAJOR_VERSION
  static final int MAX_LINE = 16_384; // AUTH_CLIENT_MAX_LINE_LENGTH

  /** The first minor of which {@code resp=} is an empty response, and not none. */
  static final int EMPTY_RESPONSE = 2;

  static final String VERSION = "VERSION";
  static final String CPID = "CPID";
  static final String AUTH = "AUTH";
  static final String CONT = "CONT";
  static final String CANCEL = "CANCEL";
  static final String CANCELLED = "CANCELLED";
  static final String MECH = "MECH";
  static final String SPID = "SPID";
  static final String CUID = "CUID";
  static final String COOKIE = "COOKIE";
  static final String DONE = "DONE";
  static final String OK = "OK";
  static final String FAIL = "FAIL";
  static final String USER = "USER";
  static final String PASS = "PASS";
  static final String LIST = "LIST";
  static final String NOTFOUND = "NOTFOUND";
  static final String REQUEST = "REQUEST";
  static final String CACHE_FLUSH = "CACHE-FLUSH";
  static final String CACHE_STATUS = "CACHE-STATUS";

  static final String RESPONSE = "resp";
  static final String USER_FIELD = "user";
  static final String CODE = "code";
  static final String REASON = "reason";

  private AuthWords() {}

  /** What a request is for, by the parameter of either generation of Dovecot; or empty. */
  static String service(Fields parameters) {
    return parameters
        .get(Parameter.PROTOCOL.word())
        .or(() -> parameters.get(Parameter.SERVICE.word()))
        .orElse("");
  }
}
