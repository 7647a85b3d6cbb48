package dovetail.observe;

import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import tools.jackson.core.JsonGenerator;

/** Which parts of the process work. For any thread. */
public final class Health {
  /** How a part is. */
  private enum State {
    /** Not yet up. */
    STARTING,
    /** Works. */
    UP,
    /** Does not work. */
    DOWN
  }

  private record Report(State state, String text) {}

  private final Map<String, Report> reports = new ConcurrentSkipListMap<>();

  /** A named part, "starting" until it says otherwise. */
  public Component component(String name) {
    reports.putIfAbsent(name, new Report(State.STARTING, ""));
    return new Component(name);
  }

  /** One part's voice. */
  public final class Component {
    private final String name;

    private Component(String name) {
      this.name = name;
    }

    /** The part works. */
    public void up(String text) {
      reports.put(name, new Report(State.UP, text));
    }

    /** The part does not work; the text says why. */
    public void down(String text) {
      reports.put(name, new Report(State.DOWN, text));
    }
  }

  /** 200 when every part is up, else 503. */
  public int status() {
    return isUp() ? 200 : 503;
  }

  private boolean isUp() {
    return reports.values().stream().allMatch(report -> report.state() == State.UP);
  }

  /** The whole and each part as JSON. */
  public byte[] json() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.generator(bytes)) {
      json.writeStartObject();
      json.writeStringProperty("status", isUp() ? "up" : "down");
      json.writeName("components");
      json.writeStartObject();
      for (Map.Entry<String, Report> entry : reports.entrySet()) {
        Report report = entry.getValue();
        json.writeName(entry.getKey());
        json.writeStartObject();
        json.writeStringProperty("status", report.state().name().toLowerCase(Locale.ROOT));
        if (!report.text().isEmpty()) {
          json.writeStringProperty("text", LogText.printable(report.text()));
        }
        json.writeEndObject();
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }
}
