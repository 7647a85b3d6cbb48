package dovetail.auth.password;

import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2i and Argon2id in the form of the PHC: {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash}.
 * The version is missing where it is 16.
 */
final class Argon2Verifier extends Verifier {
  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2(id?)(?:\\$v=(16|19))?\\$([a-z0-9=,]{1,64})"
              + "\\$([0-9A-Za-z+/]{1,86})\\$([0-9A-Za-z+/]{1,86})");
  private static final int FIRST_VERSION = 16;

  // RFC 9106 3.1 lets all be larger, and hashes shorter; libsodium and the tools make none such.
  private static final int LEAST_SALT = 8;
  private static final int LEAST_HASH = 16;
  private static final int MOST_LANES = 255;

  /** In KiB that are filled in all: some 1.3 s. */
  private static final int MOST_WORK = 2 << 20;

  private final Argon2Function function;
  private final byte[] salt;
  private final byte[] hash;

  private Argon2Verifier(String scheme, Argon2Function function, byte[] salt, byte[] hash) {
    super(scheme);
    this.function = function;
    this.salt = salt;
    this.hash = hash;
  }

  /** Has the usual cost, and no password at all. */
  static Argon2Verifier ofNobody() {
    return new Argon2Verifier(
        "ARGON2ID", Argon2Function.USUAL, new byte[Argon2id.SALT_BYTES], new byte[LEAST_HASH]);
  }

  static Argon2Verifier parse(String scheme, String text, SchemeLimits limits)
      throws RefusedException {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new RefusedException(Refusal.MALFORMED);
    }
    Argon2Function function = function(form);
    byte[] salt = SchemeEncoding.BASE64.decode(form.group(4));
    byte[] hash = SchemeEncoding.BASE64.decode(form.group(5));
    if (salt.length < LEAST_SALT || hash.length < LEAST_HASH) {
      throw new RefusedException(Refusal.MALFORMED);
    }
    if (function.memoryBytes() > limits.memoryBytes() || function.work() > MOST_WORK) {
      throw new RefusedException(Refusal.TOO_DEAR);
    }
    return new Argon2Verifier(scheme, function, salt, hash);
  }

  private static Argon2Function function(Matcher form) throws RefusedException {
    Map<String, String> parameters = parameters(form.group(3));
    int memory = Cost.read(parameters.getOrDefault("m", ""), MOST_WORK);
    int passes = Cost.read(parameters.getOrDefault("t", ""), MOST_WORK);
    int lanes = Cost.read(parameters.getOrDefault("p", ""), MOST_LANES);
    if (parameters.size() != 3 || memory < 8 * lanes) { // RFC 9106 3.1
      throw new RefusedException(Refusal.MALFORMED);
    }
    int version = Optional.ofNullable(form.group(2)).map(Integer::parseInt).orElse(FIRST_VERSION);
    int type = form.group(1).equals("id") ? Argon2Parameters.ARGON2_id : Argon2Parameters.ARGON2_i;
    return new Argon2Function(type, version, memory, passes, lanes);
  }

  /** In any order, each once. */
  private static Map<String, String> parameters(String text) throws RefusedException {
    Map<String, String> parameters = new HashMap<>();
    for (String each : text.split(",", -1)) {
      int equals = each.indexOf('=');
      if (equals < 0
          || parameters.put(each.substring(0, equals), each.substring(equals + 1)) != null) {
        throw new RefusedException(Refusal.MALFORMED);
      }
    }
    return parameters;
  }

  @Override
  boolean verify(byte[] password) {
    return MessageDigest.isEqual(function.hash(password, salt, hash.length), hash);
  }

  @Override
  public long memoryBytes() {
    return function.memoryBytes();
  }

  @Override
  public boolean outdated() {
    return !function.asDearAs(Argon2Function.USUAL);
  }
}
