package dovetail.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ServiceManagerTest {
  // Java has no unix datagrams, so another program stands for systemd.
  private static final String RECEIVER =
      """
      import socket, sys
      name = sys.argv[1]
      s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
      s.bind('\\0' + name[1:] if name.startswith('@') else name)
      print('bound', flush=True)
      while True:
          print(repr(s.recv(4096).decode()), flush=True)
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void systemdHearsWhatIsSaid(boolean isAbstract) throws Exception {
    Path python = Path.of("/usr/bin/python3");
    assumeTrue(Files.isExecutable(python), "skipped: /usr/bin/python3 is missing");
    String name = (isAbstract ? "@" : "") + folder.resolve("notify");
    Process receiver =
        new ProcessBuilder(python.toString(), "-c", RECEIVER, name)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader heard = receiver.inputReader(StandardCharsets.UTF_8)) {
      assertThat(heard.readLine()).isEqualTo("bound");
      ServiceManager manager = ServiceManager.from(Map.of("NOTIFY_SOCKET", name));

      manager.ready();
      assertThat(heard.readLine()).isEqualTo("'READY=1'");
      manager.reloading();
      assertThat(heard.readLine()).matches("'RELOADING=1\\\\nMONOTONIC_USEC=[1-9][0-9]*'");
      manager.status("two\nlines");
      assertThat(heard.readLine()).isEqualTo("'STATUS=two\\\\nlines'");
      manager.stopping();
      assertThat(heard.readLine()).isEqualTo("'STOPPING=1'");
    } finally {
      receiver.destroyForcibly().waitFor();
    }
  }

  @Test
  void withoutASocketNothingHappens() {
    ServiceManager manager = ServiceManager.from(Map.of());

    assertThatCode(manager::ready).doesNotThrowAnyException();
    assertThatCode(manager::reloading).doesNotThrowAnyException();
  }

  @Test
  void aSocketThatIsNotThereIsNoFailure() {
    for (String name : new String[] {folder + "/none", "/" + "x".repeat(200), "vsock:2:1234"}) {
      ServiceManager manager = ServiceManager.from(Map.of("NOTIFY_SOCKET", name));
      assertThatCode(manager::ready).doesNotThrowAnyException();
    }
  }

  @Test
  void theClockIsTheMonotonicOne() {
    // On Linux this is what stands behind System.nanoTime.
    long before = System.nanoTime() / 1000;
    long asked = Libc.monotonicMicros();
    long after = System.nanoTime() / 1000;

    assertThat(asked).isBetween(before, after);
  }
}
