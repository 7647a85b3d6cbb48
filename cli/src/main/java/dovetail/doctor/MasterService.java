package dovetail.doctor;

import java.util.Map;

/**
 * A line of master.cf.
 *
 * @param name its name and type, as {@code postconf -P} has them: "submission/inet"
 * @param chrooted whether it sees nothing outside of the queue folder
 * @param program what runs: smtpd, cleanup, ...
 * @param overrides what {@code -o} says
 */
public record MasterService(
    String name, boolean chrooted, String program, Map<String, String> overrides) {
  public MasterService {
    overrides = Map.copyOf(overrides);
  }

  /** Without its type. */
  String shortName() {
    return name.substring(0, name.lastIndexOf('/'));
  }
}
