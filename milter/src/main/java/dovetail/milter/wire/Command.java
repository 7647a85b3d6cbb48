package dovetail.milter.wire;

import dovetail.mail.HeaderField;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the MTA says. */
public sealed interface Command {
  /** The MTA's offer: its version, the edits that it allows, the events that it can leave out. */
  record Negotiate(int version, int actions, int events) implements Command {}

  /** Macros for the event that follows; {@code stage} is that event's letter. */
  record Macros(char stage, Map<String, String> values) implements Command {
    public Macros {
      values = Map.copyOf(values);
    }

    /** The value of a macro, by its name as it is sent: {@code i}, {@code {auth_authen}}. */
    public Optional<String> value(String name) {
      return Optional.ofNullable(values.get(name));
    }
  }

  /**
   * An SMTP client has connected.
   *
   * @param host its name, or its address in brackets
   * @param address its address; none for a local process and where the MTA does not know it
   * @param port its port, 0 where there is none or the MTA does not know it
   * @param local whether it is a process on this host, connected through a unix socket
   */
  record Connect(String host, Optional<InetAddress> address, int port, boolean local)
      implements Command {}

  /** HELO or EHLO. */
  record Helo(String name) implements Command {}

  /**
   * MAIL FROM.
   *
   * @param path with angle brackets from smtpd, without from Postfix's cleanup (non_smtpd_milters)
   * @param parameters ESMTP parameters
   */
  record Mail(String path, List<String> parameters) implements Command {
    public Mail {
      parameters = List.copyOf(parameters);
    }
  }

  /** RCPT TO; path and parameters as in {@link Mail}. */
  record Recipient(String path, List<String> parameters) implements Command {
    public Recipient {
      parameters = List.copyOf(parameters);
    }
  }

  /** DATA or the first BDAT. */
  record Data() implements Command {}

  /** One header field, leading space and folds as received. */
  record Header(HeaderField field) implements Command {}

  /** The header section is over. */
  record EndOfHeaders() implements Command {}

  /**
   * Bytes of the body.
   *
   * @param chunk valid until the next command is read
   * @param last whether the MTA's packet ends here, and with it the turn to answer, if one is due
   */
  record Body(ByteBuffer chunk, boolean last) implements Command {}

  /** The message is complete; the only place for edits. */
  record EndOfMessage() implements Command {}

  /** Forget the message; never answered. */
  record Abort() implements Command {}

  /** The MTA hangs up. */
  record Quit() implements Command {}

  /** The SMTP session is over, another one follows on this connection. */
  record QuitNewConnection() implements Command {}

  /** An SMTP command that the MTA does not know. */
  record Unknown(String line) implements Command {}
}
