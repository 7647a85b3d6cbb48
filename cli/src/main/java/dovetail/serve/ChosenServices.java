package dovetail.serve;

import dovetail.auth.AuthConfig;
import dovetail.config.Settings;
import dovetail.lookup.LookupConfig;
import dovetail.milter.MilterConfig;
import dovetail.policy.PolicyConfig;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which services a process runs. */
final class ChosenServices {
  private ChosenServices() {}

  /** The services to run: those that are named, enabled or not; without a name all enabled ones. */
  static Set<String> of(Settings settings, Set<String> named) {
    if (!named.isEmpty()) {
      return named;
    }
    Set<String> enabled = new LinkedHashSet<>();
    if (settings.get(MilterConfig.ENABLED)) {
      enabled.add("milter");
    }
    if (settings.get(LookupConfig.ENABLED)) {
      enabled.add("lookup");
    }
    if (settings.get(PolicyConfig.ENABLED)) {
      enabled.add("policy");
    }
    if (settings.get(AuthConfig.ENABLED)) {
      enabled.add("auth");
    }
    if (settings.get(ServerConfig.HTTP_ENABLED)) {
      enabled.add("http");
    }
    return enabled;
  }
}
