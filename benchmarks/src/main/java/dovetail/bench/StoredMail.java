package dovetail.bench;

import java.util.Set;

/** Prints the message that is sent, as a file holds it. */
public final class StoredMail {
  private StoredMail() {}

  /** {@code bytes=2048}. */
  public static void main(String[] arguments) {
    Arguments own = Arguments.parse(arguments, Set.of("bytes"));
    System.out.writeBytes(Mail.ofSize(own.number("bytes", 2048)).stored());
    System.out.flush();
  }
}
