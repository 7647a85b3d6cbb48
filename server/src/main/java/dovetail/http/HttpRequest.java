package dovetail.http;

/**
 * A request whose body has been read.
 *
 * @param method in capitals as it came
 * @param path decoded
 */
public record HttpRequest(String method, String path) {}
