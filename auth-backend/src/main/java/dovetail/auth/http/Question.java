package dovetail.auth.http;

import dovetail.auth.answer.DovecotSeries;
import dovetail.auth.password.Secret;
import dovetail.auth.wire.TabLines;
import dovetail.http.BadRequestException;
import dovetail.http.HttpRequest;
import dovetail.server.Network;
import dovetail.server.io.ProtocolException;
import java.net.InetAddress;
import java.util.Optional;

/** What a script asks, in lines of a name, a tab and a value. */
final class Question implements AutoCloseable {
  private final TabLines lines;

  private Question(TabLines lines) {
    this.lines = lines;
  }

  static Question read(HttpRequest request) throws BadRequestException {
    try {
      return new Question(TabLines.parse(request.body()));
    } catch (ProtocolException e) {
      throw new BadRequestException(String.valueOf(e.getMessage()));
    }
  }

  /** A value that must be there. */
  String required(String name) throws BadRequestException {
    return lines.text(name).orElseThrow(() -> missing(name));
  }

  Secret password() throws BadRequestException {
    return lines.octets("password").map(Secret::of).orElseThrow(() -> missing("password"));
  }

  private static BadRequestException missing(String name) {
    return new BadRequestException("there is no " + name);
  }

  /** A value; an empty one is none. */
  Optional<String> text(String name) {
    return lines.text(name).filter(text -> !text.isEmpty());
  }

  /** Where the user is, as far as that is known. */
  Optional<InetAddress> client() {
    return text("rip").flatMap(Question::address);
  }

  static Optional<InetAddress> address(String text) {
    try {
      return Optional.of(Network.parseAddress(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty(); // of a unix socket there is none
    }
  }

  /** By whose names settings are to be called; the newer one's if it is not said. */
  DovecotSeries series() throws BadRequestException {
    return switch (text("series").orElse("2.4")) {
      case "2.3" -> DovecotSeries.V2_3;
      case "2.4" -> DovecotSeries.V2_4;
      default -> throw new BadRequestException("expected the series 2.3 or 2.4");
    };
  }

  @Override
  public String toString() {
    return lines.toString();
  }

  @Override
  public void close() {
    lines.close();
  }
}
