package dovetail.http;

import java.io.IOException;

/** Answers requests to one route, on a virtual thread each. */
@FunctionalInterface
public interface HttpHandler {
  /**
   * Answers a request. An exception becomes a plain 500 for the peer and an error in the log.
   *
   * @throws IOException as any fault of ours
   */
  HttpResponse handle(HttpRequest request) throws IOException;
}
