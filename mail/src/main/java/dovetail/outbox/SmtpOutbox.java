package dovetail.outbox;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/**
 * Sends mail to the relay by SMTP, over a connection for each. It is encrypted if the relay offers
 * that (RFC 3207) and it works, whatever certificate it has: this keeps out who only listens, not
 * who can put himself in the way (RFC 7435). For more, have the relay on this host. No property and
 * no variable of the environment changes what is done here.
 */
public final class SmtpOutbox implements Outbox {
  private final SmtpSettings settings;

  /** Sends as those say. Neither connects nor loads anything before the first mail. */
  public SmtpOutbox(SmtpSettings settings) {
    this.settings = settings;
  }

  @Override
  public Outcome send(OutgoingMail mail) {
    byte[] message = mail.octets();
    List<InetAddress> addresses;
    try {
      addresses = settings.relay().addresses();
    } catch (IOException _) {
      return putOff("a host without an address");
    }
    Outcome last = putOff("a host without an address");
    for (InetAddress address : addresses) {
      try {
        return send(mail, message, address);
      } catch (IOException e) {
        last = putOff("no connection: " + Reply.printable(String.valueOf(e.getMessage())));
      }
    }
    return last;
  }

  /**
   * Sends to one address.
   *
   * @throws IOException if there is no connection
   */
  private Outcome send(OutgoingMail mail, byte[] message, InetAddress relay) throws IOException {
    try (RelaySocket socket = connect(relay)) {
      RelayDialog dialog = RelayDialog.encrypted(socket, settings, Encryption.sockets());
      Outcome delivery = dialog.deliver(mail, message);
      if (!dialog.failedToEncrypt() || socket.isLate()) {
        return delivery;
      }
    }
    try (RelaySocket socket = connect(relay)) {
      return RelayDialog.plain(socket, settings).deliver(mail, message);
    }
  }

  private RelaySocket connect(InetAddress relay) throws IOException {
    return RelaySocket.connect(relay, settings.relay().port(), settings.timeouts());
  }

  private Outcome putOff(String why) {
    return new Outcome.PutOff(settings.relay() + ": " + why);
  }
}
