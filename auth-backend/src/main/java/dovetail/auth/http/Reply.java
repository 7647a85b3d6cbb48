package dovetail.auth.http;

import dovetail.auth.wire.TabLines;
import dovetail.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a script is told, in lines of a name, a tab and a value; the first is the result. */
final class Reply {
  private final StringBuilder lines = new StringBuilder();

  private Reply(String result) {
    line("result", result);
  }

  static Reply ok() {
    return new Reply("ok");
  }

  /** There is nobody of that name. */
  static Reply absent() {
    return new Reply("absent");
  }

  /** Not with that password. */
  static Reply fail() {
    return new Reply("fail");
  }

  /** Nobody can say at the moment. */
  static Reply temporary() {
    return new Reply("temp");
  }

  Reply line(String name, String value) {
    lines.append(TabLines.line(name, value));
    return this;
  }

  /** A line for each, with something before its name. */
  Reply lines(String before, Map<String, String> all) {
    all.forEach((name, value) -> line(before + name, value));
    return this;
  }

  /** With a line at its end: without it, whoever reads it has not read all of it. */
  HttpResponse response() {
    line("end", ".");
    return new HttpResponse(
        200, "text/plain; charset=utf-8", lines.toString().getBytes(StandardCharsets.UTF_8));
  }
}
