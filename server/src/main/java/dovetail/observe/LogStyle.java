package dovetail.observe;

import java.util.Map;

/**
 * How log lines look.
 *
 * @param format text or JSON
 * @param priorities whether each line starts with the priority in angle brackets, as sd-daemon(3)
 *     has it, which journald takes off again
 */
public record LogStyle(LogFormat format, boolean priorities) {

  /** Priorities when standard output goes to journald, which sets JOURNAL_STREAM. */
  public static LogStyle detect(LogFormat format, Map<String, String> environment) {
    return new LogStyle(format, environment.containsKey("JOURNAL_STREAM"));
  }
}
