package dovetail.http;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A request whose body has been read; nothing of it shows in its text, since it may be secret. */
public final class HttpRequest {
  private final Target target;
  private final InetAddress peer;
  private final Function<String, @Nullable String> headers;
  private final byte[] body;

  /**
   * What is asked for.
   *
   * @param method in capitals as it came
   * @param path decoded
   * @param query as it came, empty if there is none
   */
  record Target(String method, String path, String query) {}

  /**
   * @param headers the first value of a header field, by its name in any case
   * @param body is overwritten when the request has been answered
   */
  HttpRequest(
      Target target, InetAddress peer, Function<String, @Nullable String> headers, byte[] body) {
    this.target = target;
    this.peer = peer;
    this.headers = headers;
    this.body = body;
  }

  /** The method, in capitals as it came. */
  public String method() {
    return target.method();
  }

  /** The path, decoded. */
  public String path() {
    return target.path();
  }

  /** Who asks. */
  public InetAddress peer() {
    return peer;
  }

  /** The first header field of that name, in any case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.apply(name));
  }

  /**
   * A parameter of the query.
   *
   * @throws BadRequestException if there are two, or the query is malformed
   */
  public Optional<String> parameter(String name) throws BadRequestException {
    try (FormFields query = FormFields.parse(target.query())) {
      return query.text(name);
    }
  }

  /**
   * The octets of the body: neither to be changed nor kept, since they are overwritten when the
   * request has been answered.
   */
  public byte[] body() {
    return body;
  }

  @Override
  public String toString() {
    return Map.of("method", method(), "path", path()).toString();
  }
}
