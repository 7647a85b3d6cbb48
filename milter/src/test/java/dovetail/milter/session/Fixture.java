package dovetail.milter.session;

import dovetail.config.ConfigException;
import dovetail.config.ConfigLoader;
import dovetail.config.Settings;
import dovetail.directory.edit.Kind;
import dovetail.directory.edit.Row;
import dovetail.dkim.CryptoProvider;
import dovetail.dkim.DkimKey;
import dovetail.dkim.DkimKeyException;
import dovetail.dkim.PublicKeys;
import dovetail.dkim.SignatureSettings;
import dovetail.dkim.SigningKey;
import dovetail.dns.Answer;
import dovetail.dns.MapResolver;
import dovetail.dns.Resolver;
import dovetail.mail.Domain;
import dovetail.milter.ArchiveConfig;
import dovetail.milter.DmarcConfig;
import dovetail.milter.MilterConfig;
import dovetail.milter.MilterSettings;
import dovetail.milter.filter.FilterSettings;
import dovetail.milter.filter.FilterTools;
import dovetail.milter.filter.IdentityTag;
import dovetail.milter.filter.LoginMatch;
import dovetail.milter.filter.MessageFilter;
import dovetail.milter.filter.Mode;
import dovetail.milter.filter.SigningPolicy;
import dovetail.milter.filter.SigningSettings;
import dovetail.milter.source.ArchiveKey;
import dovetail.milter.source.ArchiveTable;
import dovetail.milter.source.Archiving;
import dovetail.milter.source.Exceptions;
import dovetail.milter.source.SigningKeys;
import dovetail.milter.source.StoredExceptions;
import dovetail.server.Network;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A session's surroundings: a key for example.com, a clock that stands, a memory of events. */
final class Fixture implements MessageObserver {
  /** The key of RFC 8032 7.1, test 1, which everybody knows. */
  private static final String PEM =
      """
      -----BEGIN PRIVATE KEY-----
      MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
      -----END PRIVATE KEY-----
      """;

  static final SigningKey KEY = key();

  /** Always the same. */
  private static final ArchiveKey ARCHIVE_KEY = ArchiveKey.random(new Random(1));

  /** The key of example.com is published, and domains with a policy: nothing else. */
  private static final Resolver DNS =
      new MapResolver(
          Map.of(
              domain("s1._domainkey.example.com"), text(KEY.key().publicKeyRecord()),
              domain("strict.example"), text("v=spf1 ip4:198.51.100.7 -all"),
              domain("_dmarc.strict.example"), text("v=DMARC1; p=reject"),
              domain("_dmarc.filed.example"), text("v=DMARC1; p=quarantine"),
              domain("_dmarc.silent.example"), text("v=DMARC1; p=none")));

  private static Domain domain(String name) {
    return Domain.parse(name).orElseThrow();
  }

  private static Answer<String> text(String record) {
    return new Answer.Records<>(List.of(record), false);
  }

  final List<MessageRecord> answered = new CopyOnWriteArrayList<>();
  final List<String> refused = new CopyOnWriteArrayList<>();
  final List<Exception> failures = new CopyOnWriteArrayList<>();
  private final AtomicLong nanos = new AtomicLong();

  private static SigningKey key() {
    try {
      return new SigningKey(
          Domain.parse("example.com").orElseThrow(),
          "s1",
          DkimKey.parse(PEM.getBytes(StandardCharsets.US_ASCII)));
    } catch (DkimKeyException e) {
      throw new AssertionError(e);
    }
  }

  static SigningKeys keys() {
    return author -> author.equals(KEY.domain()) ? List.of(KEY) : List.of();
  }

  /** What the configuration says, in TOML. */
  private record Configured(FilterSettings filter, ArchiveTable archives) {
    static Configured of(String toml) {
      try {
        Path file = Files.createTempFile("dovetail", ".toml");
        try {
          Files.writeString(file, toml);
          Settings settings =
              ConfigLoader.load(
                  file, List.of(MilterConfig.SECTION, DmarcConfig.SECTION, ArchiveConfig.SECTION));
          String own = "mail.example.com";
          MilterSettings milter =
              MilterSettings.of(
                  settings, new MilterSettings.Names(own, Set.of(own)), Duration.ofSeconds(1));
          return new Configured(milter.filter(), ArchiveConfig.load(settings).table());
        } finally {
          Files.delete(file);
        }
      } catch (IOException | ConfigException | ArchiveConfig.UnusableException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** A listener in the usual mode, with what the conversation says. */
  MilterSession.SessionContext context(Conversation conversation) {
    StoredExceptions exceptions = new StoredExceptions();
    exceptions.replace(conversation.exceptions().stream().map(Fixture::exception).toList());
    return context(Mode.AUTO, keys(), false, new Given(conversation.settings(), exceptions));
  }

  private static Row exception(String words) {
    int space = words.indexOf(' ');
    return Row.stored(
        Kind.EXCEPTION,
        Map.of("type", words.substring(0, space), "value", words.substring(space + 1)));
  }

  /** What a conversation says: the configuration in TOML, and the exceptions. */
  private record Given(String toml, Exceptions exceptions) {}

  MilterSession.SessionContext context(Mode mode, SigningKeys keys, boolean acceptOnError) {
    return context(mode, keys, acceptOnError, new Given("", Exceptions.NONE));
  }

  private MilterSession.SessionContext context(
      Mode mode, SigningKeys keys, boolean acceptOnError, Given given) {
    SigningSettings settings =
        new SigningSettings(
            List.of(Network.parse("127.0.0.0/8"), Network.parse("10.0.0.0/8")),
            Set.of("mail.example.com"),
            new SigningPolicy(LoginMatch.DOMAIN, Optional.empty(), false),
            SignatureSettings.defaults(),
            IdentityTag.NONE,
            acceptOnError);
    Configured configured = Configured.of(given.toml());
    CryptoProvider crypto = CryptoProvider.jdk();
    InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000));
    return new MilterSession.SessionContext(
        mode,
        new MessageFilter(
            new FilterSettings(
                settings, configured.filter().verifying(), configured.filter().archiving()),
            keys,
            new FilterTools(
                () -> crypto,
                new PublicKeys(),
                DNS,
                given.exceptions(),
                new Archiving(configured.archives(), ARCHIVE_KEY),
                clock,
                nanos::get)),
        new HeaderLimits(4096, 20),
        this,
        () -> nanos.getAndAdd(1_000_000));
  }

  @Override
  public void answered(MessageRecord message) {
    answered.add(message);
  }

  @Override
  public void failed(String queueId, Exception cause) {
    failures.add(cause);
  }

  @Override
  public void refused(String why) {
    refused.add(why);
  }

  /** A pace that nobody keeps. */
  static Pace pace() {
    return new Pace() {
      @Override
      public void idle() {}

      @Override
      public void waiting() {}

      @Override
      public void begun() {}

      @Override
      public void reading() {}

      @Override
      public void answered() {}
    };
  }
}
