package dovetail.directory.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may stand in fields, and in which spelling it is stored. */
final class FieldTypeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "DOMAIN | Example.COM. | example.com",
        "DOMAIN | \u00dcber.example | xn--ber-goa.example",
        "ADDRESS | Joe@Example.COM | joe@example.com",
        "ADDRESS | \"A B\"@example.com | \"a b\"@example.com",
        "ADDRESS | \"joe\"@example.com | joe@example.com",
        "ADDRESS | jose\u0301@example.com | jos\u00e9@example.com",
        "ALIAS | @Example.com | @example.com",
        "TARGETS | A@x.example,b@X.example a@x.example @y.example | a@x.example, b@x.example, @y.example",
        "TARGETS | \"a, b\"@x.example, c@y.example | \"a, b\"@x.example, c@y.example",
        "SCOPE | * | *",
        "FLAG | TRUE | yes",
        "FLAG | off | no",
        "SIZE | 5G | 5368709120",
        "SIZE | 5GiB | 5368709120",
        "SIZE | 500MB | 524288000",
        "SIZE | 0 | 0",
        "COUNT | 007 | 7",
        "DELIMITERS | NONE | none",
        "DELIMITERS | +- | +-",
        "TRANSPORT | smtp:[h]:25 | smtp:[h]:25",
        "TRANSPORT | :[h] | :[h]",
        "NEXTHOP | [smtp.example.net]:587 | [smtp.example.net]:587",
        "DOMAIN_TYPE | Relay | relay",
        "LOGINS | pop3,SMTP imap | smtp imap pop3",
        "LOGINS | all | smtp imap pop3 sieve",
        "LOGINS | none | none",
        "MAP | Canonical_Maps | canonical_maps",
        "PATH | /var/mail/x | /var/mail/x",
        "PASSWORD_HASH | {SSHA}abc | {SSHA}abc",
        "LABEL | Joe's phone | Joe's phone",
        "END | 2027-12-31 | 2028-01-01T00:00:00Z",
        "END | 2027-12-31T12:00:00.5+02:00 | 2027-12-31T10:00:00Z",
        "NETWORKS | 192.0.2.0/24, 2001:DB8::/32 192.0.2.0/24 | 192.0.2.0/24 2001:db8:0:0:0:0:0:0/32",
        "TOTP | jbsw y3dp ehpk 3pxp jbsw y3dp eh====== | JBSWY3DPEHPK3PXPJBSWY3DPEH",
        "EXCEPTION_TYPE | Author | author",
        "EXCEPTION | *.\u00dcber.Example | *.xn--ber-goa.example",
        "EXCEPTION | 192.0.2.1/32 | 192.0.2.1",
        "EXCEPTION | 192.0.2.0/024 | 192.0.2.0/24",
        "EXCEPTION | 2001:DB8::/32 | 2001:db8:0:0:0:0:0:0/32",
        "EXCEPTION | ::ffff:192.0.2.1 | 192.0.2.1"
      })
  void isStoredInOneSpelling(FieldType type, String text, String stored)
      throws MalformedFieldException {
    assertThat(type.canonical(text)).isEqualTo(stored);
    assertThat(type.canonical(stored)).isEqualTo(stored);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "DOMAIN | a b",
        "DOMAIN | 1.2.3.4",
        "ADDRESS | joe",
        "ADDRESS | @example.com",
        "ADDRESS | \"\"@example.com",
        "ADDRESS | joe@example.com x",
        "TARGETS | ,",
        "TARGETS | a@x.example, /bin/sh",
        "TARGETS | /var/mail/x",
        "SCOPE | **",
        "FLAG | maybe",
        "SIZE | 5X",
        "SIZE | -1",
        "SIZE | 9999999999999T",
        "COUNT | 1.5",
        "COUNT | 99999999999",
        "DELIMITERS | a",
        "TRANSPORT | smtp:[h] x",
        "NEXTHOP | a b",
        "DOMAIN_TYPE | local",
        "LOGINS | smtp ftp",
        "MAP | no_such_map",
        "PATH | relative",
        "PASSWORD_HASH | secret",
        "END | soon",
        "END | 2027-02-30",
        "END | 1969-12-30",
        "END | +10000-01-01",
        "END | 9999-12-31",
        "NETWORKS | 192.0.2.0/24 mx.example.com",
        "NETWORKS | 192.0.2.1/24",
        "NETWORKS | ,",
        "TOTP | JBSWY3DPEHPK3PXPJBSWY3DPE",
        "TOTP | JBSWY3DPEHPK3PXPJBSWY3DPE1",
        "EXCEPTION_TYPE | recipient",
        "EXCEPTION | *",
        "EXCEPTION | *.*.example",
        "EXCEPTION | 192.0.2.1/24",
        "EXCEPTION | 192.0.2.0/33",
        "EXCEPTION | 192.0.2.0/",
        "EXCEPTION | 256.0.2.1",
        "EXCEPTION | 2001:db8::%eth0",
        "EXCEPTION | joe@example.com"
      })
  void elseIsRefused(FieldType type, String text) {
    assertThatThrownBy(() -> type.canonical(text)).isInstanceOf(MalformedFieldException.class);
  }

  @Test
  void boundsHold() throws MalformedFieldException {
    String local = "l".repeat(64);
    String domain = "d".repeat(63) + "." + "e".repeat(63) + ".example";
    assertThat(FieldType.ADDRESS.canonical(local + "@" + domain)).hasSize(65 + domain.length());
    assertThatThrownBy(() -> FieldType.ADDRESS.canonical("l".repeat(310) + "@example.com"))
        .isInstanceOf(MalformedFieldException.class);
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      many.append("t").append(i).append("@x.example ");
    }
    assertThat(FieldType.TARGETS.canonical(many.toString())).contains("t999@x.example");
    many.append("one.too@many.example");
    assertThatThrownBy(() -> FieldType.TARGETS.canonical(many.toString()))
        .isInstanceOf(MalformedFieldException.class);
    assertThat(FieldType.LABEL.canonical("\ud83d\udcf1".repeat(64))).hasSize(128);
    assertThatThrownBy(() -> FieldType.LABEL.canonical("x".repeat(65)))
        .isInstanceOf(MalformedFieldException.class);
    for (String bad : new String[] {"a\nb", "a\u2028b", "a\u0000b", " a", "a ", "x".repeat(501)}) {
      assertThatThrownBy(() -> FieldType.TEXT.canonical(bad))
          .isInstanceOf(MalformedFieldException.class);
    }
  }

  @Test
  void rowsNameWhatIsWrong() {
    assertThatThrownBy(() -> Row.read(Kind.MAILBOX, Map.of("address", "x")))
        .hasMessage("address: expected an address, found \"x\"");
    assertThatThrownBy(() -> Row.read(Kind.MAILBOX, Map.of("quota", "1G")))
        .hasMessage("address is missing");
    assertThatThrownBy(() -> Row.read(Kind.MAILBOX, Map.of("address", "a@b.example", "qouta", "1")))
        .hasMessage("no field is called \"qouta\"");
    assertThatThrownBy(
            () -> Row.read(Kind.MAILBOX, Map.of("address", "a@b.example", "password", "hunter2")))
        .hasMessage("password: expected {SCHEME}hash");
    assertThatThrownBy(
            () -> Row.read(Kind.MAILBOX, Map.of("address", "a@b.example", "totp", "hunter2")))
        .hasMessage("totp: expected a secret in base32, of 16 octets at least");
    assertThatThrownBy(() ->
            Row.read(
                Kind.APP_PASSWORD,
                Map.of("address", "a@b.example", "label", "x", "used", "2026-01-01T00:00:00Z")))
        .hasMessage("used is told by the services, not to them");
  }
}
