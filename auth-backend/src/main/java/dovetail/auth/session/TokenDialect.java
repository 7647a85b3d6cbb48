package dovetail.auth.session;

import dovetail.auth.password.Secret;
import dovetail.auth.wire.SaslData;
import dovetail.auth.wire.sasl.MalformedSaslException;
import dovetail.auth.wire.sasl.OAuthBearerMessage;
import dovetail.auth.wire.sasl.OAuthError;
import dovetail.auth.wire.sasl.XOAuth2Message;
import java.util.Optional;

/** How tokens are sent, and refused. */
enum TokenDialect {
  OAUTHBEARER {
    @Override
    Presented read(SaslData message) throws MalformedSaslException {
      try (OAuthBearerMessage read = OAuthBearerMessage.parse(message)) {
        return new Presented(read.authorization(), Secret.of(read.token().octets()));
      }
    }

    @Override
    OAuthError error(boolean lacksScope, Optional<String> scope) {
      // RFC 7628 3.2.2, with the words of RFC 6750 3.1.
      String status = lacksScope ? "insufficient_scope" : "invalid_token";
      return new OAuthError(status, Optional.empty(), scope, Optional.empty());
    }
  },
  XOAUTH2 {
    @Override
    Presented read(SaslData message) throws MalformedSaslException {
      try (XOAuth2Message read = XOAuth2Message.parse(message)) {
        return new Presented(Optional.of(read.user()), Secret.of(read.token().octets()));
      }
    }

    @Override
    OAuthError error(boolean lacksScope, Optional<String> scope) {
      String status = lacksScope ? "403" : "401"; // those of HTTP, RFC 6750 3.1
      return new OAuthError(status, Optional.of("bearer"), scope, Optional.empty());
    }
  };

  /**
   * What a client sends.
   *
   * @param user who it wants to be, if it says so
   */
  record Presented(Optional<String> user, Secret token) implements AutoCloseable {
    @Override
    public void close() {
      token.close();
    }
  }

  /** Reads the client's message. */
  abstract Presented read(SaslData message) throws MalformedSaslException;

  /**
   * What a client is told whose token is not taken.
   *
   * @param scope what a token has to be good for, if it has to be for anything
   */
  abstract OAuthError error(boolean lacksScope, Optional<String> scope);
}
