package dovetail.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SenderFormTest {
  @ParameterizedTest
  @CsvSource({
    "Ann@Example.COM, ann@example.com",
    "prvs=0123abcdef=ann@example.com, ann@example.com",
    "prvs=ann=0123abcdef@example.com, ann@example.com",
    "prvs=ann@example.com, prvs=ann@example.com",
    "msprvs1=17dXyZ=bounces-1234@example.com, bounces-#@example.com",
    "ann+news@example.com, ann@example.com",
    "+ann@example.com, +ann@example.com",
    "list-17-bounce@example.com, list-#-bounce@example.com",
    "list4u@example.com, list4u@example.com",
    "list-bounces+bob=example.net@lists.example, list-bounces@lists.example",
    "b.0123456789abcdef0123.x@example.com, b.#.x@example.com",
    "SRS0=aB3d=7Q=example.com=Ann@forward.example, ann@example.com",
    "srs0+aB3d=7Q=example.com=ann+x@forward.example, ann@example.com",
    "SRS1=xY12=one.example==aB3d=7Q=example.com=ann@two.example, ann@example.com",
    "SRS0=aB3d@forward.example, srs0=ab3d@forward.example",
    "postmaster, postmaster@",
  })
  void leavesOutWhatChanges(String sender, String form) {
    assertThat(SenderForm.of(sender)).isEqualTo(form);
  }

  @Property(tries = 300)
  void everyTextHasAForm(@ForAll String sender) {
    assertThat(SenderForm.of(sender)).isEqualTo(SenderForm.of(sender)).contains("@");
  }

  @Test
  void aMegabyteHasOneSoon() {
    for (String part : new String[] {"1", "a=", "prvs=", "srs0=a=b=", "0123456789abcdef."}) {
      assertThat(SenderForm.of(part.repeat(100_000))).hasSizeLessThan(600);
    }
  }
}
