package dovetail.policy.source;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.directory.Faulty;
import dovetail.directory.Town;
import dovetail.mail.Domain;
import org.junit.jupiter.api.Test;

class HostedDomainsTest {
  private static final Domain OURS = Domain.parse("example.com").orElseThrow();
  private static final Domain FOREIGN = Domain.parse("example.org").orElseThrow();

  private final Faulty directory = new Faulty(Town.of("domain example.com mailbox"));
  private final HostedDomains hosted = new HostedDomains(directory);

  @Test
  void areThoseOfTheDirectory() {
    assertThat(hosted.isOurs(OURS)).isTrue();
    assertThat(hosted.isOurs(FOREIGN)).isFalse();
    assertThat(hosted.isKnown(OURS)).isTrue();
    assertThat(hosted.isKnown(FOREIGN)).isTrue();
  }

  @Test
  void areUnknownWhereNobodyCanSay() {
    directory.failing(_ -> true);
    assertThat(hosted.isKnown(OURS)).isFalse();
    assertThat(hosted.isOurs(OURS)).isFalse();
  }
}
