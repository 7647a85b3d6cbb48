package dovetail.server;

import dovetail.observe.LogFormat;
import dovetail.observe.LogOutput;
import dovetail.observe.LogStyle;
import dovetail.observe.Logs;
import dovetail.observe.Metrics;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** A process of its own for {@link AcceptFailuresTest}: it uses up its descriptors when told. */
final class CrowdedProcess {
  private static final Logger LOG = LoggerFactory.getLogger(CrowdedProcess.class);

  private CrowdedProcess() {}

  /** Serves one byte to each peer; a byte on standard input takes or frees all descriptors. */
  public static void main(String[] arguments) throws IOException {
    LogOutput output = LogOutput.standardOutput();
    Logs.install(output, new LogStyle(LogFormat.TEXT, false), Level.INFO);
    try (Server server = new Server(new Metrics(), System::nanoTime)) {
      Service service =
          server.open(
              "crowded",
              List.of(ListenSpec.of(arguments[0])),
              ConnectionLimits.evicting(10),
              connection -> connection.write(ByteBuffer.wrap(new byte[] {'!'})));
      // One message in advance, so that logging needs no more files.
      LOG.error("listening {}", service.addresses().size());
      int _ = System.in.read();
      List<FileInputStream> all = takeAll();
      LOG.error("taken");
      int _ = System.in.read();
      for (FileInputStream one : all) {
        one.close();
      }
      int _ = System.in.read();
      output.flush();
    }
  }

  private static List<FileInputStream> takeAll() {
    List<FileInputStream> all = new ArrayList<>();
    try {
      while (true) {
        all.add(new FileInputStream("/dev/null"));
      }
    } catch (IOException _) {
      return all;
    }
  }
}
