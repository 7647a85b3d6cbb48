package dovetail.http;

/**
 * What answers to a method and a path.
 *
 * @param method in capitals; GET answers HEAD, too
 * @param path the whole path, for example "/metrics"
 * @param guarded whether it demands the token; without a token there is no such route
 * @param handler what answers
 */
public record Route(String method, String path, boolean guarded, HttpHandler handler) {
  /** A route for everybody who may connect. */
  public static Route open(String method, String path, HttpHandler handler) {
    return new Route(method, path, false, handler);
  }

  /** A route for those who have the token. */
  public static Route guarded(String method, String path, HttpHandler handler) {
    return new Route(method, path, true, handler);
  }

  boolean answers(String asked) {
    return method.equals(asked) || (method.equals("GET") && asked.equals("HEAD"));
  }
}
