package dovetail.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** An answer. */
public final class HttpResponse {
  private final int status;
  private final String contentType;
  private final byte[] body;
  private final Duration delay;

  /**
   * An answer with a body.
   *
   * @param status for example 200
   * @param contentType the media type of the body
   * @param body taken over, not copied
   */
  public HttpResponse(int status, String contentType, byte[] body) {
    this(status, contentType, body, Duration.ZERO);
  }

  private HttpResponse(int status, String contentType, byte[] body, Duration delay) {
    this.status = status;
    this.contentType = contentType;
    this.body = body;
    this.delay = delay;
  }

  /** One line of plain text. */
  public static HttpResponse text(int status, String line) {
    return new HttpResponse(
        status, "text/plain; charset=utf-8", (line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** The same, to be held back for a while; that keeps nobody else waiting. */
  public HttpResponse after(Duration wait) {
    return new HttpResponse(status, contentType, body, wait);
  }

  Duration delay() {
    return delay;
  }

  int status() {
    return status;
  }

  String contentType() {
    return contentType;
  }

  byte[] body() {
    return body;
  }
}
