package dovetail.bench;

/**
 * What a milter is told of a message besides its content.
 *
 * @param address of the SMTP client, IPv4
 * @param host its name, in DNS and as it says itself
 * @param sender without brackets
 */
record Envelope(String address, String host, String sender) {
  /** Of the domain whose mail is signed here. */
  static Envelope of(Goal goal) {
    return new Envelope(goal.client(), "client.bench.example", "joe@demo.example");
  }
}
