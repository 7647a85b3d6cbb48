package dovetail.lookup.mtasts;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.dns.Answer;
import dovetail.dns.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PolicyRecordTest {
  private static PolicyRecord read(String... texts) {
    return PolicyRecord.of(new Answer.Records<>(List.of(texts), false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v=STSv1; id=20160831085700Z;", // RFC 8461 3.1
        "v=STSv1;id=20160831085700Z",
        "v=STSv1 \t;\tid=20160831085700Z \t;\t ",
        "v=STSv1; x-y.z_1=<a:b>; id=20160831085700Z",
      })
  void readsRecords(String text) {
    assertThat(read(text)).isEqualTo(new PolicyRecord.Published("20160831085700Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          v=STSv1;                                      | no id
          v=STSv1; x=y                                  | no id
          v=STSv1; id=                                  | a field without a value
          v=STSv1; id=a-b                               | an id that is none
          v=STSv1; id=123456789012345678901234567890123 | an id that is none
          v=STSv1; id=1; id=1                           | two ids
          v=STSv1; id=1 2                               | something between the fields
          v=STSv1; id=1=2                               | something between the fields
          v=STSv1; id                                   | a field without a name
          v=STSv1; ID=1                                 | no id
          v=STSv1;; id=1                                | a field without a name
          v=STSv1; -x=1; id=1                           | a field without a name
          """)
  void saysWhatIsWrong(String text, String why) {
    assertThat(read(text)).isEqualTo(new PolicyRecord.Invalid(why));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v=STSv12;id=20180907T090909;",
        "v=STSv2; id=1",
        "V=STSv1; id=1",
        "v=stsv1; id=1",
        " v=STSv1; id=1",
        "id=20180907T090909; v=STSv1;",
        "azazaza;asdasdasdasd",
        "v=STSv1",
        ""
      })
  void leavesOtherRecordsAlone(String text) {
    assertThat(read(text)).isEqualTo(new PolicyRecord.Absent());
    assertThat(read(text, "v=STSv1; id=1", text)).isEqualTo(new PolicyRecord.Published("1"));
  }

  @Test
  void takesNoneOfTwo() {
    assertThat(read("v=STSv1; id=1", "v=STSv1; id=1"))
        .isEqualTo(new PolicyRecord.Invalid("more than one record"));
  }

  @Test
  void tellsNothingFromNotKnowing() {
    assertThat(PolicyRecord.of(new Answer.NoData<>())).isEqualTo(new PolicyRecord.Absent());
    assertThat(PolicyRecord.of(new Answer.NoSuchName<>())).isEqualTo(new PolicyRecord.Absent());
    assertThat(PolicyRecord.of(new Answer.Failed<>(Failure.TIMEOUT)))
        .isEqualTo(new PolicyRecord.Unknown(Failure.TIMEOUT));
  }
}
