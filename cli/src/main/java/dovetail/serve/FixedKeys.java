package dovetail.serve;

import dovetail.auth.AuthConfig;
import dovetail.config.Key;
import dovetail.config.Settings;
import dovetail.lookup.LookupConfig;
import dovetail.lookup.MtaStsConfig;
import dovetail.milter.DmarcReportsConfig;
import dovetail.milter.MilterConfig;
import dovetail.policy.PolicyConfig;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What only a restart changes, with the names that the administrator knows. */
final class FixedKeys {
  private static final Logger logger = LoggerFactory.getLogger("dovetail");

  /** By their full names. */
  static final Map<String, Key<?>> ALL =
      Map.ofEntries(
          Map.entry("milter.enabled", MilterConfig.ENABLED),
          Map.entry("milter.max_connections", MilterConfig.MAX_CONNECTIONS),
          Map.entry("milter.dmarc.reports.enabled", DmarcReportsConfig.ENABLED),
          Map.entry("milter.dmarc.reports.spool", DmarcReportsConfig.SPOOL),
          Map.entry("lookup.enabled", LookupConfig.ENABLED),
          Map.entry("lookup.max_connections", LookupConfig.MAX_CONNECTIONS),
          Map.entry("lookup.mta_sts_folder", MtaStsConfig.FOLDER),
          Map.entry("lookup.mta_sts_entries", MtaStsConfig.ENTRIES),
          Map.entry("policy.enabled", PolicyConfig.ENABLED),
          Map.entry("policy.max_connections", PolicyConfig.MAX_CONNECTIONS),
          Map.entry("policy.time_zone", PolicyConfig.TIME_ZONE),
          Map.entry("policy.strangers", PolicyConfig.STRANGERS),
          Map.entry("policy.counter_batch", PolicyConfig.COUNTER_BATCH),
          Map.entry("auth.enabled", AuthConfig.ENABLED),
          Map.entry("auth.max_connections", AuthConfig.MAX_CONNECTIONS),
          Map.entry("auth.hash_threads", AuthConfig.HASH_THREADS),
          Map.entry("auth.weak_schemes", AuthConfig.WEAK_SCHEMES),
          Map.entry("database.url", DatabaseConfig.URL),
          Map.entry("database.user", DatabaseConfig.USER),
          Map.entry("database.password_file", DatabaseConfig.PASSWORD_FILE),
          Map.entry("database.key_file", DatabaseConfig.KEY_FILE),
          Map.entry("database.max_connections", DatabaseConfig.MAX_CONNECTIONS),
          Map.entry("database.timeout", DatabaseConfig.TIMEOUT),
          Map.entry("database.cache", DatabaseConfig.CACHE),
          Map.entry("database.cache_absent", DatabaseConfig.CACHE_ABSENT),
          Map.entry("database.cache_stale", DatabaseConfig.CACHE_STALE),
          Map.entry("database.cache_entries", DatabaseConfig.CACHE_ENTRIES),
          Map.entry("http.enabled", ServerConfig.HTTP_ENABLED),
          Map.entry("server.log_format", ServerConfig.LOG_FORMAT),
          Map.entry("server.native_folder", ServerConfig.NATIVE_FOLDER));

  private FixedKeys() {}

  /** Says which of them are others after a reload. */
  static void warn(Settings before, Settings after) {
    ALL.forEach((name, key) -> {
      if (!after.get(key).equals(before.get(key))) {
        logger.warn("'{}' has changed: that takes effect at the next start", name);
      }
    });
  }
}
