package dovetail.dmarc;

import static dovetail.dmarc.Zone.dkim;
import static org.assertj.core.api.Assertions.assertThat;

import dovetail.tag.TagList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records and names that somebody made to hurt. */
@Timeout(20)
class DmarcBombTest {
  private static final String START = "v=DMARC1; p=reject; ";

  private static String tags(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "x" + i + "=y")
        .collect(Collectors.joining("; "));
  }

  private static DmarcRecord record(String text) {
    return DmarcRecord.parse(text).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", " ", "\t", "=", ":", ",", "\0", "\r\n ", "\r", "!1", "\u00ff", "%"})
  void tenThousandCharacters(String piece) {
    String many = piece.repeat(10_000 / piece.length());
    for (String tag : List.of("x", "rua", "ruf", "fo", "adkim", "t", "psd")) {
      DmarcRecord record = record(START + tag + "=" + many + "; aspf=s");
      assertThat(record.policies().orElseThrow().domain()).isEqualTo(Policy.REJECT);
      assertThat(record.modes().spf()).isEqualTo(AlignmentMode.STRICT);
      assertThat(record.notes()).hasSizeLessThan(5);
    }
    assertThat(DmarcRecord.parse(many)).isEmpty();
    assertThat(DmarcRecord.parse(many + START).isPresent())
        .isEqualTo(List.of(" ", "\t", "\r\n ").contains(piece));
    assertThat(record("v=DMARC1; p=" + many + "; rua=mailto:a@b.example").policies()).isEmpty();
  }

  @Test
  void asManyTagsAsAreRead() {
    String most = START + tags(TagList.MAX_TAGS - 1);
    assertThat(record(most).effective()).isPresent();
    assertThat(record(most + ";").effective()).isPresent();
    assertThat(record(most + "; z=1").effective()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 1_000, 100_000})
  void aThousandTags(int count) {
    DmarcRecord record = record(START + "rua=mailto:a@b.example; psd=y; t=y; " + tags(count));
    assertThat(record.policies()).isEmpty();
    assertThat(record.effective()).isEmpty();
    assertThat(record.asksInvalidly()).isTrue();
    assertThat(record.suffix()).isEqualTo(PublicSuffix.UNDECLARED);
    assertThat(record.notes()).contains(new DmarcRecord.Note(DmarcRecord.Note.Kind.OVERSIZED, ""));
  }

  @Test
  void aThousandTimesTheSame() {
    DmarcRecord record = record(START + "p=none; ".repeat(90));
    assertThat(record.policies()).isEmpty();
    assertThat(record.notes())
        .containsExactly(new DmarcRecord.Note(DmarcRecord.Note.Kind.REPEATED, "p"));
  }

  @Test
  void moreThanIsRead() {
    int room = DmarcRecord.MAX_LENGTH - START.length() - 2;
    assertThat(record(START + "x=" + "y".repeat(room)).effective()).isPresent();
    assertThat(record(START + "x=" + "y".repeat(room + 1)).effective()).isEmpty();
    assertThat(record(START + "y".repeat(10_000_000)).effective()).isEmpty();
    assertThat(DmarcRecord.parse("v=DMARC1" + " ".repeat(10_000_000))).isPresent();
    assertThat(DmarcRecord.parse("v".repeat(10_000_000))).isEmpty();
  }

  @Test
  void aThousandRecordsAtAName() {
    String[] many = IntStream.range(0, 1_000).mapToObj(i -> START + i).toArray(String[]::new);
    Zone zone = Zone.empty().with("example.com", many);
    assertThat(zone.verify("example.com").reason()).isEqualTo(DmarcReason.SEVERAL_RECORDS);
  }

  @Test
  void namesOf127Labels() {
    String deepest = "a.".repeat(126) + "b";
    Zone zone = Zone.empty().with("b", START);
    DmarcResult result = zone.verify(deepest, dkim("c." + deepest.substring(2)));
    assertThat(result.reason()).isEqualTo(DmarcReason.ALIGNED);
    assertThat(result.policy().orElseThrow().domain()).isEqualTo(Zone.domain("b"));
    assertThat(zone.asked()).hasSizeLessThan(10);
  }

  @Test
  void namesWithoutRoomForARecord() {
    String label = "a".repeat(63);
    String longest = label + "." + label + "." + label + "." + "b".repeat(61);
    Zone zone = Zone.empty();
    assertThat(zone.verify(longest).reason()).isEqualTo(DmarcReason.NO_RECORD);
    assertThat(zone.asked()).hasSize(3);
  }
}
