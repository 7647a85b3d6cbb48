package dovetail.policy.rule;

import dovetail.dns.Answer;
import dovetail.dns.Failure;
import dovetail.dns.MapResolver;
import dovetail.dns.RecordType;
import dovetail.dns.Resolver;
import dovetail.mail.Domain;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A DNS for tests, written name by name. */
record Zone(MapResolver resolver) {
  static final Zone EMPTY = new Zone(new MapResolver(Map.of()));

  static Domain name(String text) {
    return Domain.parse(text).orElseThrow();
  }

  Zone txt(String name, String text) {
    return with(RecordType.TXT, name, new Answer.Records<>(List.of(text), false));
  }

  Zone ptr(String name, String... names) {
    return with(RecordType.PTR, name, new Answer.Records<>(List.of(names), false));
  }

  Zone a(String name, String... addresses) {
    List<InetAddress> all = Arrays.stream(addresses).map(InetAddress::ofLiteral).toList();
    return with(RecordType.A, name, new Answer.Records<>(all, false));
  }

  <T> Zone failing(RecordType<T> type, String name) {
    return with(type, name, new Answer.Failed<>(Failure.SERVER_FAILURE));
  }

  private <T> Zone with(RecordType<T> type, String name, Answer<T> answer) {
    return new Zone(resolver.with(type, name(name), answer));
  }

  ClientChecks checks() {
    return checks(resolver);
  }

  static ClientChecks checks(Resolver resolver) {
    return new ClientChecks(
        new ClientChecks.Tools(
            resolver,
            "mx.example.net",
            InstantSource.fixed(Instant.EPOCH),
            System::nanoTime,
            Duration.ofSeconds(5)));
  }
}
