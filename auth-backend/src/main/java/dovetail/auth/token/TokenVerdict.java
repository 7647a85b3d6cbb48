package dovetail.auth.token;

/** What a token is worth. */
public sealed interface TokenVerdict {
  /**
   * It is good.
   *
   * @param user whose it is, as the issuer writes it
   */
  record Good(String user) implements TokenVerdict {}

  /** It is not. */
  record Bad(TokenFault fault) implements TokenVerdict {}
}
