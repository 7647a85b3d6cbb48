package dovetail.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Lists of restrictions, and how they are put in order. */
final class RestrictionsTest {
  private static final String QUESTION = "check_policy_service inet:localhost:1";
  private final Postfix postfix =
      new Postfix(Path.of("/"), Map.of("ask", QUESTION), Set.of(), List.of());

  @Test
  void movesAQuestionWithItsArgument() {
    Restrictions list =
        Restrictions.of(postfix, "permit_mynetworks, " + QUESTION + ", reject_x, end");
    assertThat(list.indexOf("check_policy_service")).isEqualTo(1);
    assertThat(list.moved(1, 3, true))
        .isEqualTo("permit_mynetworks, reject_x, " + QUESTION + ", end");
    assertThat(list.moved(1, 0, false)).isEqualTo(QUESTION + ", permit_mynetworks, reject_x, end");
    assertThat(list.moved(1, 4, true)).isEqualTo("permit_mynetworks, reject_x, end, " + QUESTION);
  }

  @Test
  void movesWhatANameStandsForByItsName() {
    Restrictions list = Restrictions.of(postfix, "$ask, a, b");
    assertThat(list.moved(0, 2, true)).isEqualTo("a, $ask, b");
  }

  @Test
  void findsTheEnd() {
    assertThat(Restrictions.of(postfix, "a, permit, b").end()).isEqualTo(1);
    assertThat(Restrictions.of(postfix, "warn_if_reject reject, b").end()).isEqualTo(-1);
    assertThat(Restrictions.of(postfix, "check_x reject, b").end()).isEqualTo(-1);
    assertThat(Restrictions.of(postfix, "a, b").end()).isEqualTo(-1);
  }

  @Test
  void putsAQuestionInItsPlace() {
    Restrictions list = Restrictions.of(postfix, "a, check_b c, d");
    assertThat(list.with("q", -1)).isEqualTo("q, a, check_b c, d");
    assertThat(list.with("q", 2)).isEqualTo("a, check_b c, q, d");
  }
}
