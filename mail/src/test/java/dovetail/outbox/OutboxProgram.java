package dovetail.outbox;

import java.nio.charset.StandardCharsets;

/** Sends one mail to the port that is named, or only gets ready to, in a JVM of its own. */
final class OutboxProgram {
  private OutboxProgram() {}

  @SuppressWarnings("SystemOut") // what a program is for
  public static void main(String[] arguments) {
    int port = Integer.parseInt(arguments[0]);
    SmtpOutbox outbox = new SmtpOutbox(Mails.settings(port));
    if (arguments.length > 1) {
      System.out.println(
          outbox.send(Mails.mail("Grüße", "größer\n", java.util.List.of(Mails.FILE))));
    }
    byte[] done = "done\n".getBytes(StandardCharsets.US_ASCII);
    System.out.write(done, 0, done.length);
    System.out.flush();
  }
}
