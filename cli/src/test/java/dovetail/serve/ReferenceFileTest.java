package dovetail.serve;

import dovetail.config.ConfigReference;
import dovetail.manual.CheckedIn;
import dovetail.manual.ConfigPage;
import org.junit.jupiter.api.Test;

/** What tells all keys is what the code says; when it differs, the code's text is in target. */
class ReferenceFileTest {
  @Test
  void theReferenceFileAgreesWithTheCode() throws Exception {
    CheckedIn.assertSame("docs/dovetail.toml", ConfigReference.toml(Configuration.SECTIONS));
  }

  @Test
  void theManualPageAgreesWithTheCode() throws Exception {
    CheckedIn.assertSame(
        "packaging/man/dovetail.toml.5",
        ConfigPage.of(Configuration.SECTIONS, FixedKeys.ALL.keySet()));
  }
}
