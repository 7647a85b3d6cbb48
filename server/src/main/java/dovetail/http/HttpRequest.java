package dovetail.http;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request whose body has been read. */
public final class HttpRequest {
  private final String method;
  private final String path;
  private final String query;
  private final InetSocketAddress peer;
  private final Map<String, List<String>> headers;
  private final byte[] body;

  HttpRequest(
      Target target, InetSocketAddress peer, Map<String, List<String>> headers, byte[] body) {
    this.method = target.method();
    this.path = target.path();
    this.query = target.query();
    this.peer = peer;
    this.headers = headers;
    this.body = body;
  }

  record Target(String method, String path, String query) {}

  /** The method, in capitals as it came. */
  public String method() {
    return method;
  }

  /** The decoded path. */
  public String path() {
    return path;
  }

  /** What stands behind '?', not decoded; empty when there is nothing. */
  public String query() {
    return query;
  }

  /** Who asks. */
  public InetSocketAddress peer() {
    return peer;
  }

  /** The first field with this name, in any case. */
  public Optional<String> header(String name) {
    // The server keeps names capitalised and looks them up in any case.
    return Optional.ofNullable(headers.get(name)).flatMap(all -> all.stream().findFirst());
  }

  /** The body, not more than the service's cap. */
  public byte[] body() {
    return body.clone();
  }
}
