package dovetail.http;

import java.nio.charset.StandardCharsets;

/** An answer. */
public final class HttpResponse {
  private final int status;
  private final String contentType;
  private final byte[] body;

  /**
   * An answer with a body.
   *
   * @param status for example 200
   * @param contentType the media type of the body
   * @param body taken over, not copied
   */
  public HttpResponse(int status, String contentType, byte[] body) {
    this.status = status;
    this.contentType = contentType;
    this.body = body;
  }

  /** One line of plain text. */
  public static HttpResponse text(int status, String line) {
    return new HttpResponse(
        status, "text/plain; charset=utf-8", (line + "\n").getBytes(StandardCharsets.UTF_8));
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
