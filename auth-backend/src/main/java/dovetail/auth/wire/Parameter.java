package dovetail.auth.wire;

/** The parameters of requests that Postfix and Dovecot send; there are others. */
public enum Parameter {
  /** What the login is for, until Dovecot 2.3 and with Postfix: smtp, imap, pop3. */
  SERVICE("service"),
  /** The same from Dovecot 2.4 on. */
  PROTOCOL("protocol"),
  /** Said by Postfix, and of no meaning for a server. */
  NOLOGIN("nologin"),
  LOCAL_ADDRESS("lip"),
  REMOTE_ADDRESS("rip"),
  LOCAL_PORT("lport"),
  REMOTE_PORT("rport"),
  REAL_LOCAL_ADDRESS("real_lip"),
  REAL_REMOTE_ADDRESS("real_rip"),
  REAL_LOCAL_PORT("real_lport"),
  REAL_REMOTE_PORT("real_rport"),
  /** The connection is safe from listeners; {@code tls} if that is why. */
  SECURED("secured"),
  /** Not to be delayed for what others have done from that address. */
  NO_PENALTY("no-penalty"),
  /** The last message of the server may come with OK. */
  FINAL_RESP_OK("final-resp-ok"),
  VALID_CLIENT_CERT("valid-client-cert"),
  CERT_USERNAME("cert_username"),
  /** The name that the client has asked for in TLS. */
  LOCAL_NAME("local_name"),
  /** What an IMAP client says of itself. */
  CLIENT_ID("client_id"),
  SESSION("session"),
  /** What a proxy passes on, see {@link ClientLine.Auth#forwardFields}. */
  FORWARD_FIELDS("forward_fields"),
  DEBUG("debug");

  private final String word;

  Parameter(String word) {
    this.word = word;
  }

  /** The name on the wire. */
  public String word() {
    return word;
  }
}
