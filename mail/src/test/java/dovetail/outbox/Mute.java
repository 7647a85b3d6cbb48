package dovetail.outbox;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A relay that says yes to all, and hears nothing more from DATA on. */
final class Mute {
  private Mute() {}

  static void serve(ServerSocket server) {
    try (Socket socket = server.accept()) {
      InputStream in = socket.getInputStream();
      for (String reply : new String[] {"220 x", "250 x", "250 x", "250 x", "354 x"}) {
        socket.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
        if (!reply.startsWith("354")) {
          skipLine(in);
        }
      }
      server.accept().close(); // which never comes, so that this one stays open
    } catch (IOException _) {
      return; // the test is over
    }
  }

  private static void skipLine(InputStream in) throws IOException {
    int c = in.read();
    while (c >= 0 && c != '\n') {
      c = in.read();
    }
  }
}
