package dovetail.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * Messages that a policy daemon is asked about; any two of them differ.
 *
 * @param kind whose they are
 * @param stages at which it is asked about each of them, in the order of a session
 * @param senders how many different ones there are
 */
record PolicyMail(Kind kind, List<String> stages, int senders) {
  /** That Postfix has. */
  private static final Set<String> STAGES = Set.of("RCPT", "DATA", "END-OF-MESSAGE");

  /** Of our domains. */
  private static final int DOMAINS = 100;

  /** Of those with which all mail is exchanged. */
  private static final int OTHERS = 2000;

  private static final int BYTES = 4321;

  /** Whose messages they are. */
  enum Kind {
    /** Mail of accounts of ours, all of which have logged in, to the strangers. */
    LOGINS,
    /** Mail of strangers to our accounts, which passes SPF. */
    STRANGERS,
    /** Mail of strangers, each from an address and a sender of its own, of whom no DNS knows. */
    CROWD
  }

  PolicyMail {
    stages = List.copyOf(stages);
    if (stages.isEmpty() || !STAGES.containsAll(stages)) {
      throw new IllegalArgumentException("stages: expected some of " + STAGES);
    }
  }

  /** No other run has it, as no other message of Postfix has the same instance. */
  private static final String RUN = Long.toHexString(System.nanoTime());

  /** Who sends a message, and to whom. */
  private record Parties(
      String client, String name, String login, String sender, String recipient) {}

  /** An account of ours. */
  static String account(int number) {
    return "user%06d@c%02d.example".formatted(number, number % DOMAINS);
  }

  private Parties parties(int number) {
    int sender = number % senders;
    return switch (kind) {
      case LOGINS -> {
        String account = account(sender);
        String client = ipv4(10 << 24 | sender);
        yield new Parties(
            client, "unknown", account, account, "ann@d" + number % OTHERS + ".example");
      }
      case STRANGERS -> {
        Envelope envelope = new Stranger(sender % OTHERS, false).envelope();
        yield new Parties(
            envelope.address(),
            envelope.host(),
            "",
            "joe" + sender + envelope.sender().substring(3),
            account(sender));
      }
      case CROWD ->
          new Parties(
              // Half of them by IPv6, each from a network of its own.
              number % 2 == 0
                  ? ipv4(10 << 24 | number / 2)
                  : "2001:db8:"
                      + Integer.toHexString(number >>> 16)
                      + ":"
                      + Integer.toHexString(number & 0xFFFF)
                      + "::1",
              "unknown",
              "",
              "joe" + number + "@crowd.test",
              account(number % DOMAINS));
    };
  }

  private static String ipv4(int address) {
    return (address >>> 24)
        + "."
        + (address >>> 16 & 0xFF)
        + "."
        + (address >>> 8 & 0xFF)
        + "."
        + (address & 0xFF);
  }

  /** What Postfix 3.7 asks about a message, at each of the stages. */
  List<byte[]> requests(int number) {
    Parties parties = parties(number);
    return stages.stream().map(stage -> request(number, stage, parties)).toList();
  }

  private static byte[] request(int number, String stage, Parties parties) {
    boolean first = stage.equals("RCPT");
    String helo = parties.name().equals("unknown") ? "host.test" : parties.name();
    StringBuilder text = new StringBuilder(800);
    text.append("request=smtpd_access_policy\nprotocol_state=").append(stage);
    text.append("\nprotocol_name=ESMTP\nclient_address=").append(parties.client());
    text.append("\nclient_name=").append(parties.name());
    text.append("\nclient_port=40000\nreverse_client_name=").append(parties.name());
    text.append("\nserver_address=192.0.2.25\nserver_port=587\nhelo_name=").append(helo);
    text.append("\nsender=").append(parties.sender());
    text.append("\nrecipient=").append(parties.recipient());
    text.append("\nrecipient_count=").append(first ? 0 : 1);
    String mark = Integer.toHexString(number);
    text.append("\nqueue_id=").append(first ? "" : "4Q" + mark);
    text.append("\ninstance=1f.").append(RUN).append('.').append(mark).append(".0");
    text.append("\nsize=").append(stage.equals("END-OF-MESSAGE") ? BYTES : 0);
    text.append("\netrn_domain=\nstress=\nsasl_method=");
    text.append(parties.login().isEmpty() ? "" : "PLAIN");
    text.append("\nsasl_username=").append(parties.login());
    text.append("\nsasl_sender=\nccert_subject=\nccert_issuer=\nccert_fingerprint=\n");
    text.append("ccert_pubkey_fingerprint=\nencryption_protocol=TLSv1.3\n");
    text.append("encryption_cipher=TLS_AES_256_GCM_SHA384\nencryption_keysize=256\n");
    text.append("policy_context=\n\n");
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
