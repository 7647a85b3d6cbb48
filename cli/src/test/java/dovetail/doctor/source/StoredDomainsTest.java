package dovetail.doctor.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What {@code domain list} prints. */
final class StoredDomainsTest {
  @Test
  void takesThoseWithMailboxesThatAreInUse() {
    String lines =
        """
        a.example
        b.example  alias-of=a.example
        c.example  type=relay  transport=smtp:[192.0.2.1]
        d.example  active=no
        e.example  description=type=relay is not meant
        """;
    assertThat(StoredDomains.parse(lines)).containsExactlyInAnyOrder("a.example", "e.example");
    assertThat(StoredDomains.parse("")).isEmpty();
  }
}
