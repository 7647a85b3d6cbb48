package dovetail.serve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The host's own name, without asking DNS. */
public final class HostName {
  private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

  private HostName() {}

  /** The name that the kernel knows, as Postfix takes it for {@code myhostname}. */
  public static String read() {
    try {
      String name = Files.readString(KERNEL, StandardCharsets.US_ASCII).strip();
      return name.isEmpty() ? "localhost" : name;
    } catch (IOException _) {
      return "localhost"; // as gethostname(2) has it where no name was ever set
    }
  }
}
