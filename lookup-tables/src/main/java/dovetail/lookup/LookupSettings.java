package dovetail.lookup;

import dovetail.config.Settings;
import java.time.Duration;

/**
 * The service's settings, as it takes them.
 *
 * @param requestTimeout how long a request and its answer may take to pass
 * @param idleTimeout how long the client may be silent between requests
 */
public record LookupSettings(Duration requestTimeout, Duration idleTimeout) {
  /** Takes them from a configuration that has been checked. */
  public static LookupSettings of(Settings settings) {
    return new LookupSettings(
        settings.get(LookupConfig.REQUEST_TIMEOUT), settings.get(LookupConfig.IDLE_TIMEOUT));
  }
}
