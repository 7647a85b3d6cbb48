package dovetail.auth.password;

import static dovetail.auth.password.Passwords.WEAK;
import static dovetail.auth.password.Passwords.matches;
import static dovetail.auth.password.Passwords.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The passwords of the specification, and some more, with hashes of libxcrypt's crypt(3). */
final class ShaCryptTest {
  static Stream<Arguments> hashes() {
    return Stream.concat(ofSpecification(), others());
  }

  private static Stream<Arguments> ofSpecification() {
    return Stream.of(
        row("Hello world!", "$5$saltstring$" + "5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5"),
        row(
            "Hello world!",
            "$5$rounds=10000$saltstringsaltst$" + "3xv.VbSHBb41AL9AvLeujZkZRBAwqFMz2.opqey6IcA"),
        row(
            "a very much longer text to encrypt.  This one even stretches over morethan one line.",
            "$5$rounds=1400$anotherlongsalts$" + "Rx.j8H.h8HjEDGomFU8bDkXm3XIUnzyxf12oP84Bnq1"),
        row(
            "we have a short salt string but not a short password",
            "$5$rounds=77777$short$" + "JiO1O3ZpDAxGJeaDIuqCoEFysAe1mZNJRs3pw0KQRd/"),
        row(
            "a short string",
            "$5$rounds=123456$asaltof16chars..$" + "gP3VQ/6X7UUEW3HkBn2w1/Ptq2jxPyzV/cZKmF/wJvD"),
        row(
            "Hello world!",
            "$6$saltstring$"
                + "svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3u"
                + "BnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1"),
        row(
            "Hello world!",
            "$6$rounds=10000$saltstringsaltst$"
                + "OW1/O6BYHV6BcXZu8QVeXbDWra3Oeqh0sbHbbMCVNSn"
                + "CM/UrjmM0Dp8vOuZeHBy/YTBmSK6H9qs/y3RnOaw5v."),
        row(
            "a very much longer text to encrypt.  This one even stretches over morethan one line.",
            "$6$rounds=1400$anotherlongsalts$"
                + "POfYwTEok97VWcjxIiSOjiykti.o/pQs.wPvMxQ6Fm7"
                + "I6IoYN3CmLs66x9t0oSwbtEW7o7UmJEiDwGqd8p4ur1"),
        row(
            "we have a short salt string but not a short password",
            "$6$rounds=77777$short$"
                + "WuQyW2YR.hBNpjjRhpYD/ifIw05xdfeEyQoMxIXbkvr"
                + "0gge1a1x3yRULJ5CCaUeOxFmtlcGZelFl5CxtgfiAc0"),
        row(
            "a short string",
            "$6$rounds=123456$asaltof16chars..$"
                + "BtCwjqMJGx5hrJhZywWvt0RLE8uZ4oPwcelCjmw2kSY"
                + "u.Ec6ycULevoBK25fs2xXgMNrCzIMVcgEJAstJeonj1"));
  }

  private static Stream<Arguments> others() {
    return Stream.of(
        row(
            "test",
            "$6$ab+c=$"
                + ".C41Ui.Bb8x0ZBAY/jiE/PCZcgbgWnjF1n/zHQ1pnG."
                + "CgS5/pBEEebPkA0iarMVi8lk0.1gbqiwnO.N2/S1KW/"),
        row("test", "$5$ab+c=$" + "GbGIBhxeJyYetx/7M6goPzHdZKqIIxIv9IXcHNT3Ne6"),
        row(
            "",
            "$6$$"
                + "/chiBau24cE26QQVW3IfIe68Xu5.JQ4E8Ie7lcRLwqx"
                + "O5cxGuBhqF2HmTL.zWJ9zjChg3yJYFXeGBQ2y3Ba1d1"),
        row("", "$5$x$" + "yHbtfs4Y8t6X1xcJemNX.4JQRfUTafA2qQenWGLBee2"),
        row(
            "\u00e4",
            "$6$a@b,c#d$"
                + "DD27mWZrzn9f3v.PSzTgzujNAnDnK2mYaXpscjSp5QM"
                + "SRGgc5GVDXmRZ93cZexjHzX3NuvEnfNeFcn4K4QFe6/"),
        row(
            "x".repeat(200),
            "$6$long$"
                + "RTZRAtTLWgpadPx5OeOFsuzafa7m3kN6Wg1my.cQOn3"
                + "qjpHNj9LywSoA.kJYKMP.BhjKdF5OZsCM58Vsx983f/"),
        row("x".repeat(64), "$5$long$" + "6GpMPQRyyG/DaluI.6CXiCpx8Lcv./VkRt1qKsz5T67"));
  }

  private static Arguments row(String password, String hash) {
    return Arguments.of(password, hash);
  }

  @ParameterizedTest
  @MethodSource("hashes")
  void verifies(String password, String hash) {
    for (String scheme : List.of("{CRYPT}", "{SHA256-CRYPT}", "{SHA512-CRYPT}")) {
      assertThat(matches(scheme + hash, password)).isTrue();
    }
    assertThat(matches("{CRYPT}" + hash, password + "x")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$5$",
        "$5$salt",
        "$5$salt$",
        "$5$rounds=999$salt$HASH",
        "$5$rounds=05000$salt$HASH",
        "$5$rounds=$salt$HASH",
        "$5$rounds=x$salt$HASH",
        "$5$rounds=99999999999$salt$HASH",
        "$5$saltsaltsaltsaltX$HASH",
        "$5$sa:t$HASH",
        "$5$sa t$HASH",
        "$5$s\u00e4lt$HASH",
        "$5$salt$HASH$",
        "$5$salt$HASH.",
        "$5$salt$\n",
        "$6$salt$HASH",
      })
  void refusesWhatCryptDoesNotWrite(String form) {
    String hash = form.replace("HASH", "5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5");
    assertThat(StoredPassword.parse("{CRYPT}" + hash, WEAK))
        .isEqualTo(refused(Refusal.MALFORMED, "CRYPT"));
  }

  @ParameterizedTest
  @ValueSource(ints = {5_000_001, 999_999_999})
  void refusesToWorkForLong(int rounds) {
    String hash = "$salt$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5";
    assertThat(StoredPassword.parse("{SHA256-CRYPT}$5$rounds=" + rounds + hash, WEAK))
        .isEqualTo(refused(Refusal.TOO_DEAR, "SHA256-CRYPT"));
  }
}
