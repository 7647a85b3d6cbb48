package dovetail.milter.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dkim.Identity;
import dovetail.mail.Address;
import dovetail.mail.Author;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IdentityTagTest {
  private static Author author(String... addresses) {
    return new Author.Known(
        List.of(addresses).stream().map(text -> Address.parse(text).orElseThrow()).toList());
  }

  /** RFC 6376 3.5: the local part as it stands in mail, with its quotes. */
  @ParameterizedTest
  @CsvSource({
    "joe@example.com, joe",
    "'\"a b\"@example.com', '\"a b\"'",
    "'\"a@b\"@example.com', '\"a@b\"'",
  })
  void writesTheAddressAsMailHasIt(String address, String localPart) {
    Author author = author(address);
    assertThat(IdentityTag.ADDRESS.of(author))
        .contains(new Identity(localPart, author.domain().orElseThrow()));
    assertThat(IdentityTag.DOMAIN.of(author))
        .contains(new Identity("", author.domain().orElseThrow()));
  }

  @Test
  void namesNobodyWhereThereAreSeveral() {
    Author author = author("joe@example.com", "ann@example.com");
    assertThat(IdentityTag.ADDRESS.of(author)).isEqualTo(Optional.empty());
    assertThat(IdentityTag.NONE.of(author("joe@example.com"))).isEqualTo(Optional.empty());
  }
}
