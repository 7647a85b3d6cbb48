package dovetail.http;

/**
 * What answers to a method and a path.
 *
 * @param method in capitals; GET answers HEAD, too
 * @param path the whole path, for example "/metrics"
 * @param handler what answers
 */
public record Route(String method, String path, HttpHandler handler) {

  boolean answers(String asked) {
    return method.equals(asked) || (method.equals("GET") && asked.equals("HEAD"));
  }
}
