package dovetail.milter.filter;

import java.net.InetAddress;
import java.util.Optional;

/**
 * What the MTA has said of a message before its header section.
 *
 * @param mode the mode of the listener that it came through
 * @param client who handed it to the MTA
 * @param helo the name by which the client has introduced itself, empty if it has not
 * @param sender the envelope sender
 * @param login the name under which the client has authenticated itself ({@code {auth_authen}})
 */
public record Submission(
    Mode mode, Client client, String helo, EnvelopeAddress sender, Optional<String> login) {
  /**
   * An SMTP client.
   *
   * @param name its host name, or its address in brackets
   * @param address its address, where the MTA knows one
   * @param port its port, 0 where the MTA knows none
   * @param local whether it is a process on the MTA's host, connected through a unix socket
   * @param daemon the MTA's name for the port that it came to ({@code {daemon_name}})
   */
  public record Client(
      String name,
      Optional<InetAddress> address,
      int port,
      boolean local,
      Optional<String> daemon) {
    /** The address, or the name where there is none. */
    public String printable() {
      return address.map(InetAddress::getHostAddress).orElse(name);
    }

    /** Whether it can be the client that cleanup(8) makes up: no TCP client has the port 0. */
    private boolean isMadeUp() {
      return name.equals("localhost")
          && port == 0
          && address.filter(InetAddress::isLoopbackAddress).isPresent();
    }
  }

  /**
   * Whether it reached Postfix by another way than SMTP: bounces, sendmail(1), local forwarding.
   * Its cleanup(8) sends such mail through non_smtpd_milters as from a client on localhost without
   * a port, with envelope addresses that have no angle brackets. The brackets alone tell nothing:
   * smtpd(8) hands on what its client wrote, and takes {@code MAIL FROM:a@b} from anybody.
   */
  public boolean nonSmtpd() {
    return client.isMadeUp() && !sender.path().startsWith("<");
  }

  /** The envelope sender as its client wrote it, without brackets; empty for the null sender. */
  public String senderAddress() {
    return sender.bare();
  }
}
