package dovetail.milter;

import dovetail.config.Settings;
import dovetail.milter.filter.FilterSettings;
import dovetail.milter.filter.Mode;
import dovetail.milter.filter.SigningPolicy;
import dovetail.milter.filter.SigningSettings;
import dovetail.milter.filter.VerifyingSettings;
import dovetail.milter.session.HeaderLimits;
import java.time.Duration;
import java.util.Set;

/**
 * The milter's settings, as its parts take them.
 *
 * @param mode what listeners without a mode of their own do
 * @param filter who has what signed and how, and how the rest is verified
 * @param limits how much of a header section is kept
 * @param maxPacket the longest packet other than a body chunk, in bytes
 * @param packetTimeout how long a packet may take to arrive
 * @param idleTimeout how long the MTA may be silent between packets
 */
public record MilterSettings(
    Mode mode,
    FilterSettings filter,
    HeaderLimits limits,
    int maxPacket,
    Duration packetTimeout,
    Duration idleTimeout) {

  /**
   * Our names in Authentication-Results fields (RFC 8601 2.5).
   *
   * @param own the one that we write
   * @param all those that nobody else may write, the own one among them
   */
  public record Names(String own, Set<String> all) {
    public Names {
      all = Set.copyOf(all);
    }
  }

  /**
   * Takes them from a configuration that has been checked.
   *
   * @param names our names in Authentication-Results fields
   * @param patience how long the DNS may be waited for, for one message
   */
  public static MilterSettings of(Settings settings, Names names, Duration patience) {
    return new MilterSettings(
        settings.get(MilterConfig.MODE),
        new FilterSettings(
            signing(settings, names.all()),
            new VerifyingSettings(
                names.own(),
                settings.get(MilterConfig.RELAYS),
                settings.get(MilterConfig.MAX_SIGNATURES),
                patience,
                DmarcConfig.policy(settings),
                settings.get(MilterConfig.RECEIVED_SPF),
                settings.get(DmarcConfig.SHADOW),
                settings.get(DmarcConfig.HOLD)),
            ArchiveConfig.policy(settings)),
        new HeaderLimits(
            bytes(settings.get(MilterConfig.MAX_HEADER_BYTES)),
            settings.get(MilterConfig.MAX_HEADER_FIELDS)),
        bytes(settings.get(MilterConfig.MAX_PACKET)),
        settings.get(MilterConfig.PACKET_TIMEOUT),
        settings.get(MilterConfig.IDLE_TIMEOUT));
  }

  private static SigningSettings signing(Settings settings, Set<String> authservIds) {
    return new SigningSettings(
        settings.get(MilterConfig.TRUSTED),
        authservIds,
        new SigningPolicy(
            settings.get(MilterConfig.LOGIN_MATCH),
            settings.get(MilterConfig.LOGIN_DOMAIN),
            settings.get(MilterConfig.ON_UNKNOWN_KEYS) == MilterConfig.OnError.ACCEPT),
        MilterConfig.signatures(settings),
        settings.get(MilterConfig.IDENTITY),
        settings.get(MilterConfig.ON_ERROR) == MilterConfig.OnError.ACCEPT);
  }

  private static int bytes(long size) {
    return (int) Math.min(size, Integer.MAX_VALUE - 8);
  }
}
