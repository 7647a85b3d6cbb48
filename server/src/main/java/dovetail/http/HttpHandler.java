package dovetail.http;

import java.io.IOException;

/** Answers requests to one route, on a virtual thread each. */
@FunctionalInterface
public interface HttpHandler {
  /**
   * Answers a request. Any other exception becomes a plain 500 for the peer and an error in the
   * log.
   *
   * @throws BadRequestException if the request is to blame; the peer is told 400 and why
   * @throws IOException as any fault of ours
   */
  HttpResponse handle(HttpRequest request) throws BadRequestException, IOException;
}
