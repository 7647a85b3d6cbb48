package dovetail.milter.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.mail.HeaderField;
import dovetail.milter.wire.Edit;
import dovetail.server.Network;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ForgedResultsTest {
  private static final String NAME = "Authentication-Results";
  private static final HeaderField OURS = HeaderField.of(NAME, " mx.example.com; dkim=pass");
  private static final HeaderField OTHERS = HeaderField.of(NAME, " mx.example.org; dkim=pass");
  private static final HeaderField FILTER =
      HeaderField.of("Received", " from filter (localhost [127.0.0.1]) by mx.example.com");
  private static final HeaderField STRANGER =
      HeaderField.of("Received", " from evil (evil [203.0.113.9]) by mx.example.com");

  private static ForgedResults of(HeaderField... fields) {
    ForgedResults results =
        new ForgedResults(
            Set.of("mx.example.com"), new ReceivedClients(List.of(Network.parse("127.0.0.0/8"))));
    List.of(fields).forEach(results::note);
    return results;
  }

  private static Edit removal(int occurrence) {
    return new Edit.DeleteHeader(NAME, occurrence);
  }

  @Test
  void takesWhatStandsAboveTheFirstStrangerForOurs() {
    ForgedResults results = of(FILTER, OURS, STRANGER, OTHERS);
    assertThat(results.mayBeOurs()).isTrue();
    assertThat(results.cameFromElsewhere()).isTrue();
    assertThat(results.removalsBelowStranger()).isEmpty();
    assertThat(results.removals()).containsExactly(removal(1));
  }

  @Test
  void takesWhatAStrangerBroughtForForged() {
    ForgedResults results = of(FILTER, STRANGER, OTHERS, OURS, FILTER, OURS);
    assertThat(results.mayBeOurs()).isFalse();
    assertThat(results.removalsBelowStranger()).containsExactly(removal(3), removal(2));
    ForgedResults both = of(FILTER, OURS, STRANGER, OURS);
    assertThat(both.mayBeOurs()).isTrue();
    assertThat(both.removalsBelowStranger()).containsExactly(removal(2));
    assertThat(both.removals()).containsExactly(removal(2), removal(1));
  }

  @Test
  void knowsMailThatNoStrangerHasTouched() {
    ForgedResults results = of(OTHERS, FILTER);
    assertThat(results.mayBeOurs()).isFalse();
    assertThat(results.cameFromElsewhere()).isFalse();
    assertThat(results.removals()).isEmpty();
  }
}
