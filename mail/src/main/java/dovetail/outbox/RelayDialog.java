package dovetail.outbox;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * One mail's talk with the relay over one connection. Angus knows how to talk; which commands are
 * said, and what becomes of the mail by their replies, is decided here. Of several replies the
 * first to a command counts: after a bad one Angus says RSET, and the relay may be gone by then.
 */
final class RelayDialog extends SMTPTransport {
  /** Octets of a reply, TLS included; one line has 512 at most (RFC 5321 4.5.3.1.5). */
  private static final int REPLY_OCTETS = 65_536;

  /** Octets of a handshake: chains of certificates are long. */
  private static final int HANDSHAKE_OCTETS = 262_144;

  private static final int READY_FOR_DATA = 354;
  private static final int TOO_LARGE = 552;
  private static final Duration FAREWELL = Duration.ofSeconds(5);
  private static final Pattern SIZE = Pattern.compile("[0-9]{1,18}");

  private final RelaySocket socket;
  private final SmtpSettings settings;
  private String command = "the connection";
  private Optional<Reply> first = Optional.empty();
  private boolean reading;
  private boolean extended;
  private boolean securing;

  private RelayDialog(RelaySocket socket, SmtpSettings settings, Session session) {
    // Without a host: Angus would look it up.
    super(session, new URLName("smtp", null, -1, null, null, null));
    this.socket = socket;
    this.settings = settings;
  }

  /** A talk without encryption. */
  static RelayDialog plain(RelaySocket socket, SmtpSettings settings) {
    return with(socket, settings, new Properties());
  }

  /** A talk that is encrypted if the relay offers it (RFC 3207). */
  static RelayDialog encrypted(
      RelaySocket socket, SmtpSettings settings, SSLSocketFactory encryption) {
    Properties properties = new Properties();
    properties.put("mail.smtp.starttls.enable", "true");
    properties.put("mail.smtp.ssl.socketFactory", encryption);
    properties.put("mail.smtp.ssl.protocols", Encryption.PROTOCOLS);
    properties.put("mail.smtp.ssl.checkserveridentity", "false");
    return with(socket, settings, properties);
  }

  private static RelayDialog with(
      RelaySocket socket, SmtpSettings settings, Properties properties) {
    properties.put("mail.smtp.localhost", settings.helo().ascii());
    return new RelayDialog(socket, settings, Session.getInstance(properties));
  }

  /** Whether the talk ended where it should have become an encrypted one. */
  boolean failedToEncrypt() {
    return securing;
  }

  /** Hands the message over. */
  synchronized Outcome deliver(OutgoingMail mail, byte[] message) {
    try {
      connect(socket);
      Outcome delivery = offer(mail, message);
      leave();
      return delivery;
    } catch (MessagingException e) {
      return putOff(e.getNextException() instanceof IOException cause ? why(cause) : firstReply());
    } catch (IOException e) {
      return putOff(why(e));
    }
  }

  private Outcome offer(OutgoingMail mail, byte[] message) throws MessagingException, IOException {
    OptionalLong most = mostOctets();
    if (most.isPresent() && message.length > most.getAsLong()) {
      return new Outcome.Refused(
          TOO_LARGE,
          "not sent: %d octets, and the relay takes %d"
              .formatted(message.length, most.getAsLong()));
    }
    String sender = settings.sender().map(String::valueOf).orElse("");
    String size = announces("SIZE") ? " SIZE=" + message.length : ""; // RFC 1870 3
    Reply reply = said(() -> simpleCommand("MAIL FROM:<" + sender + ">" + size));
    if (!reply.isPositive()) {
      return negative(reply);
    }
    reply = said(() -> simpleCommand("RCPT TO:<" + mail.to() + ">"));
    if (!reply.isPositive()) {
      return negative(reply);
    }
    reply = said(() -> write(message, data()));
    if (reply.code() != READY_FOR_DATA) {
      return negative(reply);
    }
    socket.patience(settings.timeouts().reply().multipliedBy(2));
    reply = said(this::finishData);
    return reply.isPositive() ? new Outcome.Accepted(reply.text()) : negative(reply);
  }

  private static void write(byte[] message, OutputStream out) throws IOException {
    out.write(message); // where dots are doubled (RFC 5321 4.5.2)
  }

  private Outcome negative(Reply reply) {
    return reply.isPermanent()
        ? new Outcome.Refused(reply.code(), reply.text())
        : putOff(firstReply());
  }

  /** RFC 1870 3: zero is no limit. */
  private OptionalLong mostOctets() {
    String most = announces("SIZE") ? getExtensionParameter("SIZE").strip() : "";
    long octets = SIZE.matcher(most).matches() ? Long.parseLong(most) : 0;
    return octets == 0 ? OptionalLong.empty() : OptionalLong.of(octets);
  }

  private boolean announces(String extension) {
    return extended && supportsExtension(extension);
  }

  private void leave() {
    try {
      socket.patience(FAREWELL);
      close();
    } catch (IOException | MessagingException _) {
      return; // what becomes of the mail is known
    }
  }

  /** One command, and what belongs to it. */
  private interface Step {
    void run() throws MessagingException, IOException;
  }

  /** The reply to a command, also if it is not what Angus wants. */
  private Reply said(Step step) throws MessagingException, IOException {
    try {
      step.run();
    } catch (MessagingException e) {
      if (first.isEmpty()) {
        throw e;
      }
    }
    return first.orElseThrow();
  }

  private Outcome putOff(String why) {
    return new Outcome.PutOff(settings.relay() + ": " + why);
  }

  private String firstReply() {
    return first.map(reply -> reply + ", in reply to " + command).orElse("no reply to " + command);
  }

  private String why(IOException e) {
    if (socket.isLate()) {
      return "took longer than " + settings.timeouts().whole().toSeconds() + " s in all";
    }
    if (socket.isOverrun()) {
      return "a reply without end to " + command;
    }
    return switch (e) {
      case NoReplyException noReply -> noReply.getMessage() + ", in reply to " + command;
      case SocketTimeoutException _ -> "no reply in time to " + command;
      default -> "broken after " + command + ": " + Reply.printable(String.valueOf(e.getMessage()));
    };
  }

  /** What came is no reply of SMTP. */
  private static final class NoReplyException extends IOException {
    private static final long serialVersionUID = 1;

    NoReplyException(Reply reply) {
      super(reply.isEnd() ? "closed" : "no SMTP: \"" + reply.text() + '"');
    }
  }

  @Override
  protected void sendCommand(String line) throws MessagingException {
    boolean tidying = line.equals("RSET") || line.equals("QUIT");
    if (!tidying) {
      int end = line.indexOf(' ');
      String verb = end < 0 ? line : line.substring(0, end);
      command = verb.equals(".") ? "the end of the message" : verb;
      first = Optional.empty();
    }
    super.sendCommand(line);
  }

  @Override
  protected int readServerResponse() throws MessagingException {
    if (reading) {
      // Angus says QUIT to what is no reply and waits for the next, which would be none either.
      throw new MessagingException("no reply");
    }
    reading = true;
    try {
      socket.allow(REPLY_OCTETS);
      int code = super.readServerResponse();
      Reply reply = Reply.read(code, getLastServerResponse());
      if (!reply.isReply()) {
        throw new MessagingException("no reply", new NoReplyException(reply));
      }
      if (first.isEmpty()) {
        first = Optional.of(reply);
      }
      socket.allow(HANDSHAKE_OCTETS); // if this was the word to begin one
      return code;
    } finally {
      reading = false;
    }
  }

  /** Only a relay that does not know EHLO is told HELO (RFC 5321 3.2), not one that is busy. */
  @Override
  protected boolean ehlo(String domain) throws MessagingException {
    extended = super.ehlo(domain);
    if (!extended && !first.map(Reply::isPermanent).orElse(false)) {
      throw new MessagingException("not ready");
    }
    return extended;
  }

  @Override
  protected void startTLS() throws MessagingException {
    securing = true;
    super.startTLS();
    securing = false;
  }
}
