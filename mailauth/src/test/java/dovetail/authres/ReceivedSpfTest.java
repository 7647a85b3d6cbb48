package dovetail.authres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dovetail.mail.HeaderField;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

final class ReceivedSpfTest {
  private static HeaderField write(String comment, String... keysAndValues) {
    SequencedMap<String, String> pairs = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      pairs.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return ReceivedSpf.write("pass", comment, pairs);
  }

  /** The example of RFC 7208 9.1, in our form. */
  @Test
  void writesWhatIsKnown() {
    HeaderField field =
        write(
            "mybox.example.org: domain of myname@example.com designates 192.0.2.1",
            "receiver",
            "mybox.example.org",
            "client-ip",
            "192.0.2.1",
            "envelope-from",
            "myname@example.com",
            "helo",
            "foo.example.com");
    assertThat(field.name()).isEqualTo("Received-SPF");
    assertThat(field.value())
        .isEqualTo(
            String.join(
                "\r\n",
                " pass (mybox.example.org: domain of myname@example.com designates 192.0.2.1)",
                " receiver=mybox.example.org; client-ip=192.0.2.1;",
                " envelope-from=\"myname@example.com\"; helo=foo.example.com"));
  }

  @Test
  void whatStrangersWriteStaysInItsPlace() {
    HeaderField field =
        write(
            "a) fail (b\\\r\nX: y",
            "client-ip",
            "2001:db8:0:0:0:0:0:1",
            "helo",
            "x\"; identity=helo; y=\"\\",
            "envelope-from",
            "a\r\nX-Injected: b@\u00fc.example",
            "mechanism",
            "");
    assertThat(field.unfolded().strip())
        .isEqualTo(
            "pass (a\\) fail \\(b\\\\??X: y) client-ip=\"2001:db8:0:0:0:0:0:1\";"
                + " helo=\"x\\\"; identity=helo; y=\\\"\\\\\";"
                + " envelope-from=\"a??X-Injected: b@\u00c3\u00bc.example\"; mechanism=\"\"");
  }

  @Test
  void noLineIsLongerThanMailAllows() {
    String value = write("c".repeat(5000), "helo", "\"".repeat(5000)).value();
    for (String line : value.split("\r\n", -1)) {
      assertThat(line.length()).isLessThan(998);
    }
  }

  @Test
  void hasNoPairsWhereNothingIsKnown() {
    assertThat(write("x").value()).isEqualTo(" pass (x)");
    assertThatThrownBy(() -> write("x", "a b", "c")).isInstanceOf(IllegalArgumentException.class);
  }
}
