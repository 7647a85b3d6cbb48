package dovetail.doctor.source;

import dovetail.auth.AuthConfig;
import dovetail.config.Settings;
import dovetail.directory.MapDirectory;
import dovetail.doctor.Own;
import dovetail.lookup.LookupConfig;
import dovetail.lookup.map.MapRegistry;
import dovetail.lookup.map.SrsMaps;
import dovetail.milter.MilterConfig;
import dovetail.policy.PolicyConfig;
import dovetail.policy.rule.Mode;
import dovetail.server.ListenSpec;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers what Dovetail's own configuration says. */
public final class OwnFacts {
  private OwnFacts() {}

  /**
   * What the configuration says, and what the database has told.
   *
   * @param wait the longest that DNS may hold a message up
   * @param domains those with mailboxes here
   */
  public static Own of(Settings settings, Duration wait, Set<String> domains) {
    Map<Own.Part, List<ListenSpec>> listeners = new EnumMap<>(Own.Part.class);
    if (settings.get(MilterConfig.ENABLED)) {
      listeners.put(Own.Part.MILTER, settings.get(MilterConfig.LISTEN));
    }
    if (settings.get(PolicyConfig.ENABLED)) {
      listeners.put(Own.Part.POLICY, settings.get(PolicyConfig.LISTEN));
    }
    if (settings.get(LookupConfig.ENABLED)) {
      listeners.put(Own.Part.LOOKUP, settings.get(LookupConfig.LISTEN));
    }
    if (settings.get(AuthConfig.ENABLED)) {
      listeners.put(Own.Part.AUTH, settings.get(AuthConfig.LISTEN));
      listeners.put(Own.Part.USERDB, settings.get(AuthConfig.USERDB_LISTEN));
      listeners.put(Own.Part.DICT_AUTH, settings.get(AuthConfig.DICT_AUTH_LISTEN));
      listeners.put(Own.Part.DICT, settings.get(AuthConfig.DICT_LISTEN));
    }
    return new Own(
        listeners,
        settings.get(PolicyConfig.RULES).stream().filter(rule -> rule.mode() != Mode.OFF).toList(),
        maps(),
        domains,
        wait);
  }

  private static Set<String> maps() {
    Set<String> names = new HashSet<>(MapRegistry.of(new MapDirectory()).names());
    names.addAll(List.of(SrsMaps.FORWARD, SrsMaps.REVERSE));
    return names;
  }
}
